const paths = {
  export: 'M8 2v8M4.8 7 8 10.2 11.2 7M2.8 10.5v3h10.4v-3',
  import: 'M8 10V2M4.8 5 8 1.8 11.2 5M2.8 10.5v3h10.4v-3',
  clear: 'M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11M4.2 4.2l7.6 7.6',
  help: 'M5.2 6.2C5.2 2.3 10.9 2.4 10.9 6c0 2.2-2.9 2.3-2.9 4.5M8 12.6v1',
} as const;

/** A picture on a button; the button itself carries the name. */
export const Icon = ({ name }: { readonly name: keyof typeof paths }) => (
  <svg class="picture" viewBox="0 0 16 16" aria-hidden="true"><path d={paths[name]} /></svg>
);
