/** What the keyboard does beyond Tab, Enter and Space, for who looks it up. */
export interface ShortcutRow {
  /** As on a keyboard; of several, any one or one after the other does it. */
  readonly keys: readonly string[];
  readonly what: string;
}

export interface ShortcutGroup {
  /** Where the focus has to be. */
  readonly where: string;
  readonly rows: readonly ShortcutRow[];
}

export const shortcuts: readonly ShortcutGroup[] = [
  {
    where: 'Anywhere but in a field',
    rows: [
      { keys: ['/'], what: 'Go to the filter' },
      { keys: ['l'], what: 'Go to the list' },
      { keys: ['?'], what: 'Show this help' },
    ],
  },
  {
    where: 'In the list',
    rows: [
      { keys: ['↑', '↓'], what: 'Go to the request above or below' },
      { keys: ['Page Up', 'Page Down', 'Home', 'End'], what: 'Go further' },
      { keys: ['Enter'], what: 'Go to the diagnosis' },
      { keys: ['f'], what: 'Show one fix for all that was seen of this server' },
    ],
  },
  {
    where: 'On a tab of the diagnosis',
    rows: [{ keys: ['←', '→', 'Home', 'End'], what: 'Go to another tab' }],
  },
  {
    where: 'On the name of a column',
    rows: [
      { keys: ['Enter'], what: 'Sort by it' },
      { keys: ['←', '→'], what: 'Go to another column' },
      { keys: ['Shift+←', 'Shift+→'], what: 'Change its width' },
    ],
  },
  {
    where: 'On the line between list and diagnosis',
    rows: [{ keys: ['←', '→', '↑', '↓', 'Home', 'End'], what: 'Move it' }],
  },
];
