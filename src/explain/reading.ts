/** Where whoever wants to know more reads on: pages of MDN and of the standard. */
export interface Reading {
  readonly mdn: string;
  readonly spec: string;
}

export const mdnDocs = 'https://developer.mozilla.org/en-US/docs';
export const fetchStandard = 'https://fetch.spec.whatwg.org/';
