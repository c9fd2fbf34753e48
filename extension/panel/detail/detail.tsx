import type { ComponentChildren, TargetedKeyboardEvent } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { type BrowserProfile, type Diagnosis, type Exchange, type Owner, firefoxReasonsOf, guessServers, mdnPageOf, ownerNames, policyFor } from '../../../src/index.ts';
import type { PanelPorts } from '../ports.ts';
import { ExternalLink, Sentence, Text } from '../text.tsx';
import { answerOf } from '../view/answer.ts';
import type { Row } from '../view/row.ts';
import type { FixTabProps } from './fix-tab.tsx';
import { HeadersTab } from './headers-tab.tsx';
import { RisksTab } from './risks-tab.tsx';
import { WhatIfTab } from './what-if-tab.tsx';
import { WhyTab } from './why-tab.tsx';

export type TabId = 'why' | 'fix' | 'headers' | 'what-if' | 'risks';

interface Tab {
  readonly id: TabId;
  readonly name: string;
  /** Stands beside the name when it is not 0. */
  readonly count: number;
  readonly content: () => ComponentChildren;
}

interface DetailProps {
  /** The tab that is wanted; shown where the exchange has it. */
  readonly tab: TabId;
  readonly onTab: (tab: TabId) => void;
  /** Whether it is of this tab, and not of a file. */
  readonly isLive: boolean;
  readonly row: Row;
  /** Every row, without what only the others show of it. */
  readonly session: readonly Row[];
  readonly ports: PanelPorts;
}

/** Everything about one exchange, the answer first. */
export function Detail({ tab, onTab, row, session, isLive, ports: { profile, copy, trying, otherBrowserOf, openSource } }: DetailProps) {
  const { exchange, diagnosis } = row;
  const top = useRef<HTMLElement>(null);
  const fix = policyFor(diagnosis);
  const answer = answerOf(exchange, diagnosis);

  useLayoutEffect(() => {
    if (top.current?.parentElement) top.current.parentElement.scrollTop = 0;
  }, [exchange.id, tab]);

  const tabs: readonly Tab[] = [
    { id: 'why', name: 'Why', count: 0, content: () => <WhyTab row={row} profile={profile} otherBrowserOf={otherBrowserOf} openSource={openSource} copy={copy} /> },
    ...(fix ? [{ id: 'fix' as const, name: 'Fix', count: 0, content: () => <LazyFixTab row={row} session={session} fix={fix} copy={copy} profile={profile} trying={isLive ? trying : null} /> }] : []),
    { id: 'headers', name: 'Headers', count: 0, content: () => <HeadersTab key={exchange.id} row={row} profile={profile} /> },
    ...(canBeJudged(diagnosis) ? [{ id: 'what-if' as const, name: 'What if', count: 0, content: () => <WhatIfTab key={exchange.id} row={row} profile={profile} /> }] : []),
    { id: 'risks', name: 'Risks', count: diagnosis.risks.length, content: () => <RisksTab risks={diagnosis.risks} /> },
  ];
  const shown = tabs.find(({ id }) => id === tab) ?? tabs[0];

  return (
    <>
      <header class="answer" ref={top}>
        <h1><Sentence text={answer.title} values={answer.values} /></h1>
        <p><Sentence text={answer.summary} values={answer.values} /></p>
        <Tags row={row} profile={profile} />
      </header>
      <TabList tabs={tabs} shown={shown?.id ?? 'why'} onShow={onTab} />
      <div class="tab-panel" role="tabpanel" id="tab-panel" aria-labelledby={`tab-${shown?.id}`}>{shown?.content()}</div>
    </>
  );
}

/** Of a request without CORS, or one that never came to a verdict, no header changes the end. */
const canBeJudged = ({ outcome, mode }: Diagnosis): boolean => outcome !== 'failed' && outcome !== 'pending' && mode.value !== 'no-cors';

let loadedFixTab: ((props: FixTabProps) => ComponentChildren) | null = null;

/** The recipes are a large part of the panel's code, and not needed to list and explain: they are loaded when first shown. */
function LazyFixTab(props: FixTabProps) {
  const [FixTab, setFixTab] = useState(() => loadedFixTab);
  useEffect(() => {
    void import('./fix-tab.tsx').then((module) => setFixTab(() => (loadedFixTab = module.FixTab)));
  }, []);
  return FixTab && <FixTab {...props} />;
}

function TabList({ tabs, shown, onShow }: { readonly tabs: readonly Tab[]; readonly shown: TabId; readonly onShow: (id: TabId) => void }) {
  const list = useRef<HTMLDivElement>(null);

  function press(event: TargetedKeyboardEvent<HTMLElement>): void {
    const at = tabs.findIndex(({ id }) => id === shown);
    const last = tabs.length - 1;
    const to = event.key === 'ArrowRight' ? (at === last ? 0 : at + 1)
      : event.key === 'ArrowLeft' ? (at === 0 ? last : at - 1)
      : event.key === 'Home' ? 0 : event.key === 'End' ? last : null;
    const tab = to === null ? undefined : tabs[to];
    if (!tab) return;
    event.preventDefault();
    onShow(tab.id);
    list.current?.querySelector<HTMLElement>(`#tab-${tab.id}`)?.focus();
  }

  return (
    <div class="tabs" role="tablist" aria-label="About this request" ref={list} onKeyDown={press}>
      {tabs.map(({ id, name, count }) => (
        <button
          type="button"
          key={id}
          id={`tab-${id}`}
          role="tab"
          aria-selected={id === shown}
          aria-controls="tab-panel"
          tabIndex={id === shown ? 0 : -1}
          onClick={() => onShow(id)}
        >
          {name}{count > 0 && <>{' '}<span class="count">{count}</span></>}
        </button>
      ))}
    </div>
  );
}

const outcomeTags: Readonly<Record<Exclude<Row['diagnosis']['outcome'], 'blocked'>, string>> = {
  allowed: 'Allowed',
  failed: 'Not CORS',
  pending: 'Pending',
  unknown: 'Unknown',
};

function Tags({ row: { exchange, diagnosis }, profile }: { readonly row: Row; readonly profile: BrowserProfile }) {
  const { outcome, block, failure, causes } = diagnosis;
  const owner = causes[0]?.owner;
  return (
    <ul class="tags">
      <li class={`tag ${outcome}`}>
        {outcome !== 'blocked' ? outcomeTags[outcome] : block?.at.phase === 'preflight' ? 'Blocked at the preflight' : 'Blocked at the response'}
      </li>
      {exchange.trial && <li class="tag medium">{exchange.trial === 'changed' ? 'With the headers of a trial' : 'A trial began or ended meanwhile'}</li>}
      {owner && <li class="tag">To change: {ownerNames[owner]}{isServer(owner) && <GuessedServer exchange={exchange} owner={owner} />}</li>}
      {block && <Reasons chrome={block.error.code} firefox={block.firefox} profile={profile} />}
      {failure && profile.reasonNames === 'firefox' && firefoxReasonsOf(exchange, diagnosis, profile).map(({ name }) => <FirefoxReason key={name} name={name} isOwn />)}
      {failure && failure.netError !== '' && <li class="tag code"><Text of={failure.netError} /></li>}
    </ul>
  );
}

interface ReasonsProps {
  readonly chrome: string;
  readonly firefox: string;
  readonly profile: BrowserProfile;
}

/** What both browsers call it, the one at hand first. */
function Reasons({ chrome, firefox, profile: { reasonNames } }: ReasonsProps) {
  return reasonNames === 'chrome'
    ? <><li class="tag code" title="Chrome's name for it">{chrome}</li><FirefoxReason name={firefox} isOwn={false} /></>
    : <><FirefoxReason name={firefox} isOwn /><li class="tag code">Chrome: {chrome}</li></>;
}

const FirefoxReason = ({ name, isOwn }: { readonly name: string; readonly isOwn: boolean }) =>
  (name === '' ? null : <li class="tag code" title="Firefox's name for it, and MDN about it"><ExternalLink to={mdnPageOf(name)}>{isOwn ? '' : 'Firefox: '}{name}</ExternalLink></li>);

const isServer = (owner: Owner): boolean => owner === 'api-server' || owner === 'proxy';

/** The application, or what stands in front of it, whichever has to change. */
function GuessedServer({ exchange, owner }: { readonly exchange: Exchange; readonly owner: Owner }) {
  const guesses = guessServers(exchange);
  const guess = owner === 'proxy' ? guesses.find(({ server }) => server.layer !== 'application') : guesses[0];
  return guess ? <> ({guess.certainty}: {guess.server.name})</> : null;
}
