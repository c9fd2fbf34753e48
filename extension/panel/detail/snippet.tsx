import { type Proof, type Recipe, type Rendered, grouped } from '../../../src/index.ts';
import type { PanelPorts } from '../ports.ts';
import { ExternalLink, Sentence, Text } from '../text.tsx';
import { emphasize } from '../view/emphasis.ts';
import { tokensOf } from '../view/snippet.ts';
import { Copyable } from './copyable.tsx';

function proofSentence(proof: Proof): string {
  switch (proof.kind) {
    case 'server':
      return `The test suite runs it in ${proof.versions}, and a real browser reads the responses.`;
    case 'emulator':
      return `Not proven on the server. The test suite runs it in an emulator, ${proof.versions}, and a real browser reads the responses.`;
    case 'not-on-the-server':
      return `Not proven on the server. Checked with ${proof.checkedWith}.`;
  }
}

interface SnippetProps {
  readonly recipe: Recipe;
  readonly rendered: Rendered;
  /** Values to mark. */
  readonly fresh: readonly string[];
  readonly copy: PanelPorts['copy'];
}

/** What the recipe made of the policy, with all that one has to know to use it. */
export function Snippet({ recipe, rendered, fresh, copy }: SnippetProps) {
  if (!rendered.ok) return <p class="lead" role="status">{recipe.title} cannot hold this. <Sentence text={rendered.refused} values={[]} /></p>;
  return (
    <>
      {rendered.deviation && <p class="note">{rendered.deviation.why}</p>}
      {recipe.first !== null && <p>First: <code>{recipe.first}</code></p>}
      <Copyable
        text={rendered.snippet}
        label={`Configuration for ${recipe.title}`}
        button="Copy"
        isPrime
        copy={copy}
        beside={<ExternalLink to={recipe.docs}>{recipe.title} documentation</ExternalLink>}
      >
        {tokensOf(rendered.snippet, recipe.language).map(({ text: token, kind }, index) => (
          <span key={index} class={kind}>
            {kind === 'comment' ? token : emphasize(token, fresh).map((part) => (part.isValue ? <ins>{part.text}</ins> : part.text))}
          </span>
        ))}
      </Copyable>
      <dl class="notes">
        <dt>Where</dt><dd>{recipe.where}</dd>
        <dt>Watch out</dt><dd>{recipe.pitfall}</dd>
        <dt>Check</dt><dd>{recipe.active}</dd>
        {recipe.log !== null && <><dt>CORS log</dt><dd>{recipe.log}</dd></>}
        <dt>Proof</dt><dd>{proofSentence(recipe.proof)}</dd>
      </dl>
    </>
  );
}

/** The others stand beside their fields. */
const mostFirst = 3;

/** What keeps the policy from becoming a snippet. */
export const NoSnippet = ({ changes }: { readonly changes: readonly string[] }) => (
  <div class="not-yet" role="status">
    <p class="lead">No snippet yet. {changes.length === 1 ? 'One thing has' : `${grouped(changes.length)} things have`} to change first:</p>
    <ul>
      {changes.slice(0, mostFirst).map((change, index) => <li key={index}><Text of={change} limit={300} /></li>)}
      {changes.length > mostFirst && <li>and {grouped(changes.length - mostFirst)} more, beside their fields</li>}
    </ul>
  </div>
);
