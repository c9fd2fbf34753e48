import { useLayoutEffect, useRef } from 'preact/hooks';
import { fetchStandard, mdnPageOf } from '../../src/index.ts';
import { Glyph } from './glyph.tsx';
import { ExternalLink } from './text.tsx';
import { glossary } from './view/glossary.ts';
import { type Mark, markNames } from './view/marks.ts';
import { properties } from './view/query.ts';
import { shortcuts } from './view/shortcuts.ts';

const links: readonly (readonly [url: string, name: string])[] = [
  [mdnPageOf(''), 'MDN: what CORS is'],
  [`${mdnPageOf('')}/Errors`, 'MDN: each error'],
  [`${fetchStandard}#http-cors-protocol`, 'The standard'],
];

export const Legend = () => (
  <ul class="legend">
    {(Object.keys(markNames) as Mark[]).map((mark) => <li key={mark}><Glyph mark={mark} /><span aria-hidden="true">{markNames[mark]}</span></li>)}
  </ul>
);

export const LearnMore = () => <p class="links">{links.map(([url, name]) => <ExternalLink key={url} to={url}>{name}</ExternalLink>)}</p>;

/** Keys, marks, filter and words of the panel. The browser keeps the focus in it, and gives it back. */
export function Help({ onClose }: { readonly onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      class="help"
      ref={dialog}
      aria-labelledby="help-title"
      onClose={onClose}
      // On Escape Chrome would open its console, too.
      onKeyDown={(event) => event.stopPropagation()}
      // The backdrop is the dialog's own: what is in it stands above.
      onClick={(event) => {
        if (event.target === event.currentTarget) event.currentTarget.close();
      }}
    >
      <div class="page">
        <div class="title">
          <h1 id="help-title">Help</h1>
          <button type="button" class="plain" onClick={() => dialog.current?.close()}>Close</button>
        </div>
        <h2>Marks</h2>
        <p>The first mark of a row is its preflight, the second one the request itself. A row with one mark needed no preflight.</p>
        <Legend />
        <h2>Keys</h2>
        {shortcuts.map(({ where, rows }) => (
          <table key={where}>
            <caption>{where}</caption>
            <tbody>
              {rows.map(({ keys, what }) => (
                <tr key={what}><th scope="row">{keys.map((key) => <kbd key={key}>{key}</kbd>)}</th><td>{what}</td></tr>
              ))}
            </tbody>
          </table>
        ))}
        <h2>Filter</h2>
        <p>Words have to occur, each of them. Of several values for one property any will do. A minus before it excludes, and quotes hold words together.</p>
        <table>
          <tbody>
            {Object.entries(properties).map(([name, { what, values }]) => (
              <tr key={name}><th scope="row"><code>{name}:</code></th><td>{what}{values && <>: {values.map((value, index) => <>{index > 0 && ', '}<code>{value}</code></>)}</>}</td></tr>
            ))}
          </tbody>
        </table>
        <h2>Words</h2>
        <dl>
          {Object.entries(glossary).map(([term, { definition, spec }]) => (
            <div key={term}><dt><ExternalLink to={spec}>{term}</ExternalLink></dt><dd>{definition}</dd></div>
          ))}
        </dl>
        <h2>Read on</h2>
        <LearnMore />
      </div>
    </dialog>
  );
}
