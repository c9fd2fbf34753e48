import { type HeaderChanges, trialRule } from '../src/index.ts';
import { openTabIds, sessionRules } from './browser.ts';

/**
 * The session rules by which the browser makes a trial's changes. They outlive the page that made them, but not the browser.
 * A tab has one at most, whose id is the tab's: so no tab's trial disturbs another's.
 */

/** Has the browser make these changes in the tab and no others from now on; null: none. Rejects where it refuses, and nothing has changed. */
export async function setTrialRule(tabId: number, changes: HeaderChanges | null): Promise<void> {
  const rule = changes && trialRule(changes, tabId);
  if (changes && !rule) throw new Error(`No filter can name ${changes.server}.`);
  await sessionRules?.updateSessionRules({ removeRuleIds: [tabId], addRules: rule ? [rule] : [] });
}

/** Removes the rules of tabs that are gone, which a crash may leave behind. */
export async function removeLeftTrialRules(): Promise<void> {
  const rules = await sessionRules?.getSessionRules() ?? [];
  const open = new Set(await openTabIds());
  const left = rules.map(({ id }) => id).filter((id) => !open.has(id));
  if (left.length > 0) await sessionRules?.updateSessionRules({ removeRuleIds: left, addRules: [] });
}
