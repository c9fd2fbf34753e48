import { expect, it } from 'vitest';
import { createTabRequests } from '../../extension/capture/tab-requests.ts';

const tab = 7;
const request = (tabId: number, origin: string | null, type = 'xmlhttprequest') => ({ tabId, origin, type });

it('takes every request of the tab, whoever asks, and none of another tab', () => {
  const requests = createTabRequests(tab);
  expect(requests.includes(request(tab, null))).toBe(true);
  expect(requests.includes(request(tab, 'https://app.example'))).toBe(true);
  expect(requests.includes(request(8, 'https://app.example'))).toBe(false);
});

it('takes a worker\'s request without a tab once the tab shows a document of its origin', () => {
  const requests = createTabRequests(tab);
  expect(requests.includes(request(-1, 'https://app.example'))).toBe(false);
  requests.shows('https://app.example/page');
  expect(requests.includes(request(-1, 'https://app.example'))).toBe(true);
  expect(requests.includes(request(-1, 'https://frame.example'))).toBe(false);
  requests.includes(request(tab, 'https://frame.example', 'image'));
  expect(requests.includes(request(-1, 'https://frame.example'))).toBe(true);
});

it('takes none of those of whoever led to the page, and none of an earlier page', () => {
  const requests = createTabRequests(tab);
  requests.shows('https://earlier.example/');
  requests.includes(request(tab, 'https://earlier.example', 'main_frame'));
  requests.shows('https://app.example/');
  expect(requests.includes(request(-1, 'https://earlier.example'))).toBe(false);
});

it.each([null, 'null'])('takes none without a tab whose origin is %s: nothing shows whose it is', (origin) => {
  const requests = createTabRequests(tab);
  requests.shows('data:text/html,');
  requests.includes(request(tab, origin));
  expect(requests.includes(request(-1, origin))).toBe(false);
});
