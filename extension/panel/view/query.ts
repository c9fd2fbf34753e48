import type { Row } from './row.ts';

/** What the filter's text asks for. */
export interface Query {
  matches(row: Row): boolean;
  /** What in it has no meaning, each in a sentence that says what has. */
  readonly problems: readonly string[];
}

interface Property {
  /** What it asks for, in a few words. */
  readonly what: string;
  /** What it may be asked for; null: any text. */
  readonly values: readonly string[] | null;
  /** `value` is in lower case. */
  readonly matches: (row: Row, value: string) => boolean;
}

const states: Readonly<Record<string, (row: Row) => boolean>> = {
  'blocked': ({ diagnosis }) => diagnosis.outcome === 'blocked',
  'allowed': ({ diagnosis }) => diagnosis.outcome === 'allowed',
  'not-cors': ({ diagnosis }) => diagnosis.outcome === 'failed',
  'pending': ({ diagnosis }) => diagnosis.outcome === 'pending',
  'unknown': ({ diagnosis }) => diagnosis.outcome === 'unknown',
  'risky': ({ isRisky }) => isRisky,
  'preflighted': ({ exchange: { hops } }) => hops.some(({ preflight }) => preflight !== null),
  'redirected': ({ exchange: { hops } }) => hops.length > 1,
};

/** What can stand before a colon. To add one, add its row. */
export const properties: Readonly<Record<string, Property>> = {
  is: { what: 'What became of it', values: Object.keys(states), matches: (row, value) => states[value]?.(row) ?? false },
  method: { what: 'The whole method', values: null, matches: ({ method }, value) => method.toLowerCase() === value },
  domain: { what: 'A part of the host with its port, of any hop', values: null, matches: ({ domains }, value) => domains.some((domain) => domain.includes(value)) },
  code: { what: 'A part of what either browser calls the error', values: null, matches: ({ codes }, value) => codes.some((code) => code.includes(value)) },
  origin: { what: 'A part of the page\'s origin', values: null, matches: ({ origin }, value) => origin.toLowerCase().includes(value) },
};

interface Term {
  /** Empty: the value may stand anywhere. */
  readonly name: string;
  /** In lower case. */
  readonly value: string;
  readonly isExcluded: boolean;
}

/**
 * Words that all have to occur, and properties (`is:blocked`, `method:put`): of several values for one property any
 * will do. A minus before a term excludes what has it; quotes hold words together.
 */
export function parseQuery(text: string): Query {
  const terms = [...text.toLowerCase().matchAll(/(-?)(?:([a-z]+):)?(?:"([^"]*)"|(\S*))/g)]
    .filter(([whole]) => whole !== '')
    .map(termOf)
    // Of a property that is being typed nothing is known yet.
    .filter(({ name, value }) => name === '' || value !== '');
  const wanted = terms.filter(({ isExcluded }) => !isExcluded);
  const excluded = terms.filter(({ isExcluded }) => isExcluded);
  return {
    matches: (row) => !excluded.some((term) => has(row, term))
      && wanted.every((term) => has(row, term) || (term.name !== '' && wanted.some((other) => other.name === term.name && has(row, other)))),
    problems: [...new Set(terms.flatMap(({ name, value }) => {
      const values = properties[name]?.values;
      return values && !values.includes(value) ? [`${name}: takes ${values.join(', ')}.`] : [];
    }))],
  };
}

function termOf([whole, minus = '', name = '', quoted, plain]: RegExpMatchArray): Term {
  const isExcluded = minus !== '' && whole.length > 1;
  if (Object.hasOwn(properties, name)) return { name, value: quoted ?? plain ?? '', isExcluded };
  // What stands before another colon is no property: a scheme, a host before its port.
  return { name: '', value: name === '' && quoted !== undefined ? quoted : whole.slice(isExcluded ? 1 : 0), isExcluded };
}

const has = (row: Row, { name, value }: Term): boolean => (name === '' ? row.searched.includes(value) : properties[name]?.matches(row, value) ?? false);
