import { describe, expect, it } from 'vitest';
import { browserProfiles } from '../../src/fetch/browser-profile.ts';

describe.each(Object.entries(browserProfiles))('the profile %s', (name, profile) => {
  it('bears its name', () => {
    expect(profile.name).toBe(name);
  });

  it('runs every step that judges a preflight, and each once', () => {
    expect([...profile.preflightOrder].sort()).toEqual([...browserProfiles.standard.preflightOrder].sort());
    expect(new Set(profile.preflightOrder).size).toBe(profile.preflightOrder.length);
  });

  it('checks the origin before the credentials, and both before the status (https://fetch.spec.whatwg.org/#concept-cors-check)', () => {
    const place = (id: (typeof profile.preflightOrder)[number]): number => profile.preflightOrder.indexOf(id);
    expect(place('preflight-allow-origin')).toBeLessThan(place('preflight-allow-credentials'));
    expect(place('preflight-allow-credentials')).toBeLessThan(place('preflight-ok-status'));
    expect(place('preflight-ok-status')).toBeLessThan(place('allow-methods-syntax'));
  });

  it('tells an aborted request from a blocked one', () => {
    expect(profile.abortNetworkError).not.toBe(profile.corsNetworkError);
  });
});
