import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { type Block, type BrowserProfile, type CorsPolicy, type Fix, type LeftOut, type Proposal, type Recipe, type Rendered, cautionsOf, counted, grouped, policyAcross, recipes } from '../../../src/index.ts';
import { type Scope, draftFor, keepDraft, keepScope, scopeFor } from '../edited-policies.ts';
import type { PanelPorts } from '../ports.ts';
import { chooseRecipe, chosenRecipe, readPreferences } from '../preferences.ts';
import { Sentence, Text } from '../text.tsx';
import { type PolicyDraft, changesIn, draftOf, policyOf } from '../view/policy-draft.ts';
import { type Term, termsOf } from '../view/policy-terms.ts';
import { guessRecipe } from '../view/recipe-choice.ts';
import type { Row } from '../view/row.ts';
import { HandOver } from './hand-over.tsx';
import { PolicyEditor } from './policy-editor.tsx';
import { NoSnippet, Snippet } from './snippet.tsx';
import { TryIt } from './try-it.tsx';

/** A script may ask for thousands of headers. */
const mostValues = 50;
const mostLeftOut = 20;

interface PolicyFixProps {
  readonly row: Row;
  readonly session: readonly Row[];
  readonly block: Block;
  readonly fix: Fix & { readonly kind: 'policy' };
  readonly copy: PanelPorts['copy'];
  readonly profile: BrowserProfile;
  readonly trying: PanelPorts['trying'] | null;
}

/** The policy on one side, which can be edited, and on the other what a server makes of it. */
export function PolicyFix({ row, session, block, fix, copy, profile, trying }: PolicyFixProps) {
  const scope = scopeFor(fix.server);
  const [, redraw] = useState({});
  const across = useMemo(() => policyAcross(session, fix.server), [session, fix.server]);
  const [chosen, setChosen] = useState(() => chosenRecipe(fix.server));
  const isAcross = scope === 'server' && across !== null;
  const derived = isAcross ? across.policy : fix.policy;
  const [draft, edit, reset] = useDraft(isAcross ? `server ${fix.server}` : `request ${row.exchange.id}`, derived);
  const [isEditing, setEditing] = useState(false);
  const side = useRef<HTMLDivElement>(null);
  // The fields stand before the button that brought them.
  useLayoutEffect(() => {
    if (isEditing) side.current?.querySelector<HTMLElement>('.editor textarea')?.focus();
  }, [isEditing]);
  const policy = useMemo(() => (draft ? policyOf(draft) : derived), [draft, derived]);
  const changes = useMemo(() => changesIn(policy), [policy]);
  const guess = guessRecipe(row.exchange, recipes);
  const wanted = chosen ?? guess?.recipe.id ?? readPreferences().recipe;
  const recipe = recipes.find(({ id }) => id === wanted) ?? guess?.recipe ?? recipes[0];
  if (!recipe) return null;
  const isValid = changes.size === 0;
  const terms = termsOf(policy, block);
  const fresh = terms.flatMap(({ values }) => values.filter(({ isNew }) => isNew).map(({ text }) => text)).slice(0, mostValues);
  const rendered = isValid ? recipe.render(policy) : null;
  const notes = [...(isAcross ? across.notes : fix.assumed === null ? [] : [fix.assumed]), ...(isValid ? cautionsOf(policy, fix.server) : [])];
  return (
    <div class="fix">
      <div class="policy" ref={side}>
        <h2>What <Text of={fix.server} /> has to grant</h2>
        {across !== null && across.covers > 1 && (
          <ScopeChoice
            scope={scope}
            covers={across.covers}
            onChoose={(to) => {
              keepScope(fix.server, to);
              redraw({});
            }}
          />
        )}
        {isEditing || !isValid
          ? <PolicyEditor draft={draft ?? draftOf(derived)} changes={changes} onEdit={edit} />
          : <Terms of={terms} hasFresh={fresh.length > 0} />}
        <EditControls isEditing={isEditing} isValid={isValid} isEdited={draft !== null} onEditing={setEditing} onReset={reset} />
        {notes.map((note) => <p key={note} class="note"><Sentence text={note} values={[]} /></p>)}
        {isAcross && <NotCovered of={across.leftOut} />}
        {trying && <TryIt policy={policy} server={fix.server} block={block} profile={profile} trying={trying} />}
      </div>
      <div class="snippet">
        <p class="controls">
          <label>
            Server{' '}
            <select
              value={recipe.id}
              onChange={(event) => {
                setChosen(event.currentTarget.value);
                chooseRecipe(fix.server, event.currentTarget.value);
              }}
            >
              {recipes.map(({ id, title }) => <option key={id} value={id}>{title}{id === guess?.recipe.id ? ' (guessed)' : ''}</option>)}
            </select>
          </label>
          {guess && (
            <span class="note">
              {guess.certainty === 'likely' ? 'Likely' : 'Possible'}: the response says <code><Text of={`${guess.seen[0]}: ${guess.seen[1]}`} limit={60} /></code>
              {guess.server.layer !== 'application' && '. It may only stand in front of the application'}
            </span>
          )}
        </p>
        {rendered === null ? <NoSnippet changes={[...changes.values()].flat()} /> : <Snippet recipe={recipe} rendered={rendered} fresh={fresh} copy={copy} />}
        <HandOver row={row} block={block} proposal={isValid ? proposalOf(policy, recipe, rendered) : null} copy={copy} />
      </div>
    </div>
  );
}

/** The draft of that key, which the panel keeps as long as it lives; null: the policy is as it was derived. */
function useDraft(key: string, derived: CorsPolicy): readonly [draft: PolicyDraft | null, edit: (change: Partial<PolicyDraft>) => void, reset: () => void] {
  const [, redraw] = useState({});
  const keep = (draft: PolicyDraft | null): void => {
    keepDraft(key, draft);
    redraw({});
  };
  return [draftFor(key), (change) => keep({ ...draftFor(key) ?? draftOf(derived), ...change }), () => keep(null)];
}

interface EditControlsProps {
  readonly isEditing: boolean;
  /** A policy that is not valid stays open. */
  readonly isValid: boolean;
  readonly isEdited: boolean;
  readonly onEditing: (isEditing: boolean) => void;
  readonly onReset: () => void;
}

function EditControls({ isEditing, isValid, isEdited, onEditing, onReset }: EditControlsProps) {
  const [isReset, setReset] = useState(false);
  const editButton = useRef<HTMLButtonElement>(null);
  // The button that had the focus is gone then.
  useLayoutEffect(() => {
    if (isReset) editButton.current?.focus();
    setReset(false);
  }, [isReset]);
  return (
    <p class="controls">
      {isValid && <button type="button" class="plain" ref={editButton} onClick={() => onEditing(!isEditing)}>{isEditing ? 'Done' : 'Edit'}</button>}
      {isEdited && (
        <button
          type="button"
          class="plain"
          onClick={() => {
            onReset();
            setReset(true);
          }}
        >
          Reset
        </button>
      )}
      {isEdited && <span class="note">Edited. Reset goes back to the least that is needed.</span>}
    </p>
  );
}

interface ScopeChoiceProps {
  readonly scope: Scope;
  readonly covers: number;
  readonly onChoose: (scope: Scope) => void;
}

function ScopeChoice({ scope, covers, onChoose }: ScopeChoiceProps) {
  const choice = (value: Scope, words: string) => (
    <label class="choice"><input type="radio" name="policy-scope" checked={scope === value} onChange={() => onChoose(value)} />{words}</label>
  );
  return (
    <div class="scope" role="radiogroup" aria-label="The least that is needed for">
      {choice('request', 'For this request')}
      {choice('server', `For all ${grouped(covers)} seen, so that no other breaks`)}
    </div>
  );
}

const Terms = ({ of: terms, hasFresh }: { readonly of: readonly Term[]; readonly hasFresh: boolean }) => (
  <>
    <dl>
      {terms.map(({ name, values }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            {values.length === 0 && <span class="absent">none</span>}
            {values.slice(0, mostValues).map(({ text, isNew }, index) => (
              <span key={index}>{index > 0 && ', '}{isNew ? <ins title="Not granted so far"><Text of={text} /></ins> : <Text of={text} />}</span>
            ))}
            {values.length > mostValues && ` and ${grouped(values.length - mostValues)} more`}
          </dd>
        </div>
      ))}
    </dl>
    {hasFresh && <p class="note"><ins>Marked</ins>: not granted so far.</p>}
  </>
);

/** Requests that the policy does not let pass, and why no policy should. */
const NotCovered = ({ of: leftOut }: { readonly of: readonly LeftOut[] }) => (leftOut.length === 0 ? null : (
  <details>
    <summary>{counted(leftOut.reduce((sum, { count }) => sum + count, 0), 'request')} left out</summary>
    <ul class="left-out">
      {leftOut.slice(0, mostLeftOut).map(({ method, url, count, because }) => (
        <li key={because}>
          <code><Text of={method} limit={40} /> <Text of={url} limit={80} /></code>{count > 1 && ` and ${grouped(count - 1)} more`}: <Sentence text={because} values={[]} />
        </li>
      ))}
      {leftOut.length > mostLeftOut && <li>and {counted(leftOut.length - mostLeftOut, 'more reason')}</li>}
    </ul>
  </details>
));

const proposalOf = (policy: CorsPolicy, { title, where, pitfall, docs, language }: Recipe, rendered: Rendered | null): Proposal => ({
  policy,
  configuration: rendered?.ok ? { server: title, where, pitfall, docs, language, snippet: rendered.snippet } : null,
});
