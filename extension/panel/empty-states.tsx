import { counted } from '../../src/index.ts';
import { LearnMore, Legend } from './help.tsx';
import type { ListView } from './view/list-view.ts';

interface NothingRecordedProps {
  readonly isAccessWithheld: boolean;
  readonly onReload: () => void;
}

export const NothingRecorded = ({ isAccessWithheld, onReload }: NothingRecordedProps) => (
  <main class="empty">
    <h1>{isAccessWithheld ? 'No cross-origin request seen, but some may be hidden' : 'No cross-origin request yet'}</h1>
    <p>CORS decides whether a page may read a response from another origin: from another scheme, host or port.</p>
    <p>Reload the page to record its requests to other origins, or use the page as usual. Recording goes on as long as DevTools is open.</p>
    <p><button type="button" class="prime" onClick={onReload}>Reload the page</button></p>
    <p>Each request gets a row. Select it to read what the browser decided, which two values differ, who has to change what, and the server configuration to copy.</p>
    <p>You can also drop a HAR file here that somebody sent you. It is diagnosed as if it had been recorded.</p>
    <LearnMore />
  </main>
);

/** What the list no longer holds. */
export const Dropped = ({ count }: { readonly count: number }) => (
  <p class="dropped" role="status">{counted(count, 'earlier request')} made room, allowed ones first.</p>
);

interface NoMatchProps {
  readonly hidden: number;
  /** What in the filter has no meaning. */
  readonly problems: readonly string[];
  readonly onReset: () => void;
}

export const NoMatch = ({ hidden, problems, onReset }: NoMatchProps) => (
  <div class="list empty" role="status">
    <p>The filter hides {hidden === 1 ? 'the one request' : `all ${counted(hidden, 'request')}`} there {hidden === 1 ? 'is' : 'are'}.</p>
    {problems.map((problem) => <p key={problem}>{problem}</p>)}
    <p><button type="button" onClick={onReset}>Reset the filter</button></p>
  </div>
);

export const NothingSelected = ({ counts }: { readonly counts: ListView['counts'] }) => (
  <div class="empty">
    <h1>{counts.blocked === 0 ? 'CORS blocked none of these' : `CORS blocked ${counted(counts.blocked, 'request')}`}</h1>
    <p>Select a request to read what the browser decided and why.</p>
    <p>The first mark of a row is its preflight, the second one the request itself. A row with one mark needed no preflight.</p>
    <Legend />
  </div>
);
