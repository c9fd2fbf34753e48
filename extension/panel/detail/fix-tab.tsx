import { useRef, useState } from 'preact/hooks';
import { type Block, type CorsPolicy, type Fix, type Proof, type Recipe, grouped, recipes } from '../../../src/index.ts';
import type { PanelPorts } from '../ports.ts';
import { chooseRecipe, chosenRecipe, readPreferences } from '../preferences.ts';
import { ExternalLink, Sentence, Text } from '../text.tsx';
import { emphasize } from '../view/emphasis.ts';
import { termsOf } from '../view/policy-terms.ts';
import { guessRecipe } from '../view/recipe-choice.ts';
import type { Row } from '../view/row.ts';
import { tokensOf } from '../view/snippet.ts';
import { NeverDoThis } from './never-do-this.tsx';

export interface FixTabProps {
  readonly row: Row;
  readonly fix: Fix;
  readonly copy: PanelPorts['copy'];
}

/** What the server has to grant, and how it is told so. */
export function FixTab({ row, fix, copy }: FixTabProps) {
  const { block, causes: [cause] } = row.diagnosis;
  const besides = cause?.fix != null && <p class="note">Without the server's configuration: <Sentence text={cause.fix} values={[block?.evidence.host ?? '', block?.evidence.origin ?? '']} /></p>;
  if (fix.kind === 'no-policy' || !block) {
    return (
      <>
        <p class="lead"><Sentence text={fix.kind === 'no-policy' ? fix.because : ''} values={[block?.evidence.host ?? '']} /></p>
        <p class="note">No server configuration is the right answer here.</p>
        {besides}
        <NeverDoThis />
      </>
    );
  }
  return (
    <>
      {cause && <p class="cause"><Sentence text={cause.summary} values={[block.evidence.host, block.evidence.origin, block.evidence.parameter]} /></p>}
      {besides}
      <PolicyFix key={fix.server} row={row} block={block} fix={fix} copy={copy} />
      {fix.policy.credentialed && (
        <details>
          <summary>Why not simply allow *?</summary>
          <p>
            With credentials a response may be for one user only: it is what the server sends to somebody who is signed in.
            If * were enough, any site that this user visits could fetch it with the user's cookies and read it. So browsers
            want the server to name the one origin that it trusts. For what is the same for everybody, leave the credentials
            out of the request; then * is fine.
          </p>
        </details>
      )}
      <NeverDoThis />
    </>
  );
}

/** A script may ask for thousands of headers. */
const mostValues = 50;

interface PolicyFixProps {
  readonly row: Row;
  readonly block: Block;
  readonly fix: Fix & { readonly kind: 'policy' };
  readonly copy: PanelPorts['copy'];
}

function PolicyFix({ row, block, fix, copy }: PolicyFixProps) {
  const guess = guessRecipe(row.exchange, recipes);
  const [chosen, setChosen] = useState(() => chosenRecipe(fix.server));
  const wanted = chosen ?? guess?.recipe.id ?? readPreferences().recipe;
  const recipe = recipes.find(({ id }) => id === wanted) ?? guess?.recipe ?? recipes[0];
  if (!recipe) return null;
  const terms = termsOf(fix.policy, block);
  const fresh = terms.flatMap(({ values }) => values.filter(({ isNew }) => isNew).map(({ text }) => text)).slice(0, mostValues);
  return (
    <div class="fix">
      <div class="policy">
        <h2>What <Text of={fix.server} /> has to grant</h2>
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
        {fresh.length > 0 && <p class="note"><ins>Marked</ins>: not granted so far.</p>}
        {fix.assumed !== null && <p class="note">{fix.assumed}</p>}
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
        <Snippet key={`${recipe.id} ${row.exchange.id}`} recipe={recipe} policy={fix.policy} fresh={fresh} copy={copy} />
      </div>
    </div>
  );
}

const proofSentence = (proof: Proof): string =>
  proof.kind === 'server'
    ? `The test suite runs it in ${proof.versions}, and a real browser reads the responses.`
    : `Not proven on the server. Checked with ${proof.checkedWith}.`;

interface SnippetProps {
  readonly recipe: Recipe;
  readonly policy: CorsPolicy;
  /** Values to mark. */
  readonly fresh: readonly string[];
  readonly copy: PanelPorts['copy'];
}

type CopyState = 'not yet' | 'copied' | 'refused';

const copyWords: Readonly<Record<CopyState, string>> = {
  'not yet': '',
  'copied': 'Copied',
  'refused': 'The browser refused. The text is selected: press Ctrl+C or ⌘C.',
};

function Snippet({ recipe, policy, fresh, copy }: SnippetProps) {
  const [state, setState] = useState<CopyState>('not yet');
  const text = useRef<HTMLPreElement>(null);
  const rendered = recipe.render(policy);
  if (!rendered.ok) return <p class="lead">{recipe.title} cannot hold this. <Sentence text={rendered.refused} values={[]} /></p>;

  async function copySnippet(snippet: string): Promise<void> {
    // Copied before anything else: browsers want the click to be recent.
    const isCopied = await copy(snippet);
    if (!isCopied && text.current) getSelection()?.selectAllChildren(text.current);
    setState(isCopied ? 'copied' : 'refused');
  }

  return (
    <>
      <p class="controls">
        <button type="button" class="prime" onClick={() => void copySnippet(rendered.snippet)}>Copy</button>
        <span role="status" class={state === 'copied' ? 'done' : ''}>{copyWords[state]}</span>
        <ExternalLink to={recipe.docs}>{recipe.title} documentation</ExternalLink>
      </p>
      {recipe.first !== null && <p>First: <code>{recipe.first}</code></p>}
      <pre ref={text} tabIndex={0} role="region" aria-label={`Configuration for ${recipe.title}`}>
        {tokensOf(rendered.snippet, recipe.language).map(({ text: token, kind }, index) => (
          <span key={index} class={kind}>
            {kind === 'comment' ? token : emphasize(token, fresh).map((part) => (part.isValue ? <ins>{part.text}</ins> : part.text))}
          </span>
        ))}
      </pre>
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
