import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { grouped, shorten, visible } from '../../src/index.ts';
import { emphasize } from './view/emphasis.ts';

/** A text of the page's or the server's: isolated, cut, and with what is invisible in it made visible. */
export const Text = ({ of, limit }: { readonly of: string; readonly limit?: number }) => <bdi>{visible(shorten(of, limit))}</bdi>;

/** A sentence of ours with values of theirs in it. */
export const Sentence = ({ text, values }: { readonly text: string; readonly values: readonly string[] }) => (
  <>{emphasize(shorten(text, 1200), values).map((part) => (part.isValue ? <b class="value"><bdi>{visible(part.text)}</bdi></b> : <bdi>{visible(part.text)}</bdi>))}</>
);

/** A value in full, as far as that is bearable: the rest is one click away and scrolls in a box of its own. */
export function LongText({ of }: { readonly of: string }) {
  const limit = 1000;
  const [isWhole, setWhole] = useState(false);
  if (of.length <= limit) return <Text of={of} limit={limit} />;
  return (
    <>
      {isWhole ? <div class="whole" tabIndex={0} role="group" aria-label="The whole value"><Text of={of} limit={of.length} /></div> : <Text of={of} limit={limit} />}
      {' '}
      <button type="button" class="link" onClick={() => setWhole(!isWhole)}>{isWhole ? 'Show less' : `Show all ${grouped(of.length)} characters`}</button>
    </>
  );
}

export const ExternalLink = ({ to, children }: { readonly to: string; readonly children: ComponentChildren }) => (
  <a href={to} target="_blank" rel="noopener noreferrer">{children}</a>
);
