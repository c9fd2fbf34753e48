import { expect, it } from 'vitest';
import { isOkStatus, isRedirectStatus } from '../../src/fetch/status.ts';

const okStatus = 'https://fetch.spec.whatwg.org/#ok-status';
const redirectStatus = 'https://fetch.spec.whatwg.org/#redirect-status';

const rows: readonly { readonly status: number; readonly ok: boolean; readonly redirect: boolean; readonly source: string }[] = [
  { status: 0, ok: false, redirect: false, source: okStatus },
  { status: 199, ok: false, redirect: false, source: okStatus },
  { status: 200, ok: true, redirect: false, source: okStatus },
  { status: 204, ok: true, redirect: false, source: okStatus },
  { status: 299, ok: true, redirect: false, source: okStatus },
  { status: 300, ok: false, redirect: false, source: redirectStatus },
  { status: 301, ok: false, redirect: true, source: redirectStatus },
  { status: 302, ok: false, redirect: true, source: redirectStatus },
  { status: 303, ok: false, redirect: true, source: redirectStatus },
  { status: 304, ok: false, redirect: false, source: redirectStatus },
  { status: 305, ok: false, redirect: false, source: redirectStatus },
  { status: 306, ok: false, redirect: false, source: redirectStatus },
  { status: 307, ok: false, redirect: true, source: redirectStatus },
  { status: 308, ok: false, redirect: true, source: redirectStatus },
  { status: 404, ok: false, redirect: false, source: okStatus },
];

it.each(rows)('$status: ok $ok, redirect $redirect ($source)', ({ status, ok, redirect }) => {
  expect(isOkStatus(status)).toBe(ok);
  expect(isRedirectStatus(status)).toBe(redirect);
});
