import type { ComponentChildren } from 'preact';
import { type CorsPolicy, grouped } from '../../../src/index.ts';
import { Text } from '../text.tsx';
import type { PolicyDraft } from '../view/policy-draft.ts';

interface PolicyEditorProps {
  readonly draft: PolicyDraft;
  /** What to change in each field. */
  readonly changes: ReadonlyMap<keyof CorsPolicy, readonly string[]>;
  readonly onEdit: (change: Partial<PolicyDraft>) => void;
}

/** The six terms of a policy as fields, each with what is wrong with it beside it. */
export function PolicyEditor({ draft, changes, onEdit }: PolicyEditorProps) {
  const field = (name: keyof CorsPolicy, label: string, hint: string, control: (described: Described) => ComponentChildren) =>
    <Field name={name} label={label} hint={hint} changes={changes.get(name) ?? []} control={control} />;
  return (
    <div class="editor" role="group" aria-label="Policy">
      {field('origins', 'Origins', 'one in each line', (described) => (
        <>
          <textarea
            {...described}
            rows={lines(draft.isAnyOrigin ? '' : draft.origins)}
            value={draft.isAnyOrigin ? '' : draft.origins}
            disabled={draft.isAnyOrigin}
            placeholder={draft.isAnyOrigin ? 'any origin' : 'https://app.example'}
            spellcheck={false}
            onInput={(event) => onEdit({ origins: event.currentTarget.value })}
          />
          <label class="choice"><input type="checkbox" checked={draft.isAnyOrigin} onChange={(event) => onEdit({ isAnyOrigin: event.currentTarget.checked })} />Any origin, without credentials</label>
        </>
      ))}
      <div class="field">
        <label class="choice"><input type="checkbox" checked={draft.credentialed} onChange={(event) => onEdit({ credentialed: event.currentTarget.checked })} />Credentials</label>
      </div>
      {field('methods', 'Methods', 'beside GET, HEAD and POST', (described) => (
        <input {...described} type="text" value={draft.methods} spellcheck={false} onInput={(event) => onEdit({ methods: event.currentTarget.value })} />
      ))}
      {field('requestHeaders', 'Request headers', '', (described) => (
        <textarea {...described} rows={lines(draft.requestHeaders)} value={draft.requestHeaders} spellcheck={false} onInput={(event) => onEdit({ requestHeaders: event.currentTarget.value })} />
      ))}
      {field('exposedHeaders', 'Exposed headers', 'that scripts may read', (described) => (
        <input {...described} type="text" value={draft.exposedHeaders} spellcheck={false} onInput={(event) => onEdit({ exposedHeaders: event.currentTarget.value })} />
      ))}
      {field('maxAge', 'Max age', 'in seconds, or nothing', (described) => (
        <input {...described} type="text" inputMode="numeric" class="short" value={draft.maxAge} spellcheck={false} onInput={(event) => onEdit({ maxAge: event.currentTarget.value })} />
      ))}
    </div>
  );
}

/** Rows that a text takes, as far as that leaves room for the rest. */
const lines = (text: string): number => Math.min(6, Math.max(1, text.split('\n').length, Math.ceil(text.length / 32)));

/** A page may ask for thousands of headers, and each may be wrong. */
const mostChanges = 5;

interface Described {
  readonly 'id': string;
  readonly 'aria-invalid': boolean;
  readonly 'aria-describedby': string;
}

interface FieldProps {
  readonly name: keyof CorsPolicy;
  readonly label: string;
  readonly hint: string;
  readonly changes: readonly string[];
  readonly control: (described: Described) => ComponentChildren;
}

function Field({ name, label, hint, changes, control }: FieldProps) {
  const id = `policy-${name}`;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint !== '' && <span class="note" id={`${id}-hint`}>{hint}</span>}
      {control({ 'id': id, 'aria-invalid': changes.length > 0, 'aria-describedby': `${hint === '' ? '' : `${id}-hint `}${id}-changes` })}
      <ul class="changes" id={`${id}-changes`}>
        {changes.slice(0, mostChanges).map((change, index) => <li key={index}><Text of={change} limit={300} /></li>)}
        {changes.length > mostChanges && <li>and {grouped(changes.length - mostChanges)} more</li>}
      </ul>
    </div>
  );
}
