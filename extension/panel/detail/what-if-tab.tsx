import { useId, useState } from 'preact/hooks';
import { type Answers, type BrowserProfile, type Exchange, type SeenResponse, browserNames, browserProfiles, corsErrors, headerValue, hostOf, mdnPage, nameIn, steps, stopIf } from '../../../src/index.ts';
import { Glyph } from '../glyph.tsx';
import { ExternalLink, Sentence } from '../text.tsx';
import { type ResponseText, readResponse, textOf } from '../view/response-text.ts';
import { type Row, shortEvidence } from '../view/row.ts';

/** What nobody saw is made up: a success that says nothing of CORS. */
const unseen: SeenResponse = { status: 200, headers: [] };

const modes = ['include', 'omit'] as const;

/** The response headers to play with, and what each browser would make of them. */
export function WhatIfTab({ row: { exchange, diagnosis }, profile }: { readonly row: Row; readonly profile: BrowserProfile }) {
  const hop = diagnosis.block?.at.hop ?? exchange.hops.length - 1;
  const { preflight, response, method, url } = exchange.hops[hop] ?? exchange.hops[0];
  const seenPreflight = preflight?.from === 'network' ? preflight.response ?? unseen : null;
  const usual = { preflight: seenPreflight && textOf(seenPreflight), response: textOf(response ?? unseen) };
  const [edited, setEdited] = useState(usual);
  // It begins with what this browser decided.
  const [assumed, setAssumed] = useState<'include' | 'omit'>(() => {
    const seen = { preflight: seenPreflight, response: response ?? unseen };
    return modes.find((mode) => stopIf(exchange, hop, seen, mode, profile)?.error?.code === diagnosis.block?.error.code) ?? 'include';
  });
  const credentials = diagnosis.credentials.value === 'unknown' ? assumed : diagnosis.credentials.value;
  const toPreflight = edited.preflight && readResponse(edited.preflight);
  const toRequest = readResponse(edited.response);
  const answers = toRequest.response && (toPreflight === null || toPreflight.response)
    ? { preflight: toPreflight?.response ?? null, response: toRequest.response } : null;
  return (
    <>
      <p class="note">Change what the server answers, and see what browsers would do. Nothing is sent.</p>
      {diagnosis.credentials.value === 'unknown' && (
        <label class="choice">
          Credentials mode, which was not seen:{' '}
          <select value={assumed} onChange={(event) => setAssumed(modes.find((mode) => mode === event.currentTarget.value) ?? assumed)}>
            {modes.map((mode) => <option key={mode} value={mode}>{mode}</option>)}
          </select>
        </label>
      )}
      <div class="verdicts" role="status">
        {(['chromium', 'firefox'] as const).map((name) => (
          <Verdict
            key={name}
            browser={name}
            exchange={exchange}
            hop={hop}
            answers={answers}
            credentials={credentials}
          />
        ))}
      </div>
      {edited.preflight && (
        <Editor
          name="Answer to the preflight"
          note={preflight?.from === 'network' && preflight.response === null ? 'None was seen: this one is made up.' : null}
          text={edited.preflight}
          problems={toPreflight?.problems ?? []}
          onChange={(text) => setEdited({ ...edited, preflight: text })}
        />
      )}
      <Editor
        name={`Answer to the ${method.length > 40 ? 'request' : method}`}
        note={response === null ? `${hostOf(url)} was not seen to answer: this one is made up.` : null}
        text={edited.response}
        problems={toRequest.problems}
        onChange={(text) => setEdited({ ...edited, response: text })}
      />
      <p><button type="button" disabled={JSON.stringify(edited) === JSON.stringify(usual)} onClick={() => setEdited(usual)}>Back to what was seen</button></p>
    </>
  );
}

interface VerdictProps {
  readonly browser: 'chromium' | 'firefox';
  readonly exchange: Exchange;
  readonly hop: number;
  /** Null: they cannot be read. */
  readonly answers: Answers | null;
  readonly credentials: 'include' | 'omit';
}

function Verdict({ browser, exchange, hop, answers, credentials }: VerdictProps) {
  const name = browserNames[browser];
  if (answers === null) return <p><Glyph mark="unknown" /> <b>{name}</b> has nothing to judge until the text below can be read.</p>;
  const stop = stopIf(exchange, hop, answers, credentials, browserProfiles[browser]);
  const [error] = stop?.steps.flatMap(({ errors }) => errors) ?? [];
  if (!stop || !error) {
    const { status, headers } = answers.response;
    const leadsOn = status >= 300 && status < 400 && headerValue(headers, 'location') !== null;
    return (
      <p>
        <Glyph mark={leadsOn ? 'pending' : 'passed'} /> <b>{name}</b>{' '}
        {leadsOn ? 'would follow the redirect. What the next server answers decides.' : 'would let the script read the response.'}
      </p>
    );
  }
  const { method, url } = exchange.hops[stop.hop] ?? exchange.hops[0];
  const evidence = shortEvidence({ origin: stop.origin, host: hostOf(url), method, parameter: error.parameter, found: error.found });
  const { reason } = corsErrors[error.code];
  const step = stop.steps.find(({ errors }) => errors.includes(error));
  const code = nameIn(browserProfiles[browser], error.code);
  return (
    <p>
      <Glyph mark="blocked" /> <b>{name}</b> would block it{stop.hop < hop ? ' at an earlier redirect' : stop.phase === 'preflight' ? ' at the preflight' : ''}:{' '}
      <Sentence text={`${reason(evidence).replace(/^Preflight: /, '')}.`} values={[evidence.parameter, evidence.found ?? '']} />{' '}
      {code !== null && <ExternalLink to={mdnPage(error.code)}><code>{code}</code></ExternalLink>}
      {step && <span class="found">Failed: {steps[step.id].title}</span>}
    </p>
  );
}

interface EditorProps {
  readonly name: string;
  readonly note: string | null;
  readonly text: ResponseText;
  readonly problems: readonly string[];
  readonly onChange: (text: ResponseText) => void;
}

function Editor({ name, note, text, problems, onChange }: EditorProps) {
  const id = useId();
  return (
    <fieldset class="answer-editor">
      <legend>{name}</legend>
      {note !== null && <p class="note">{note}</p>}
      <label>Status <input type="text" inputMode="numeric" size={4} value={text.status} onInput={(event) => onChange({ ...text, status: event.currentTarget.value })} /></label>
      <label>
        <span>Headers that matter to CORS, one on each line</span>
        <textarea
          rows={Math.min(8, Math.max(3, text.headers.split('\n').length + 1))}
          spellcheck={false}
          wrap="off"
          value={text.headers}
          aria-invalid={problems.length > 0}
          aria-describedby={problems.length > 0 ? id : undefined}
          onInput={(event) => onChange({ ...text, headers: event.currentTarget.value })}
        />
      </label>
      {problems.length > 0 && <ul class="problems" id={id}>{problems.slice(0, 5).map((problem) => <li key={problem}>{problem}</li>)}</ul>}
    </fieldset>
  );
}
