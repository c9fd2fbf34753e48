import type { StepId } from '../fetch/network-error.ts';
import { fetchStandard } from './reading.ts';

/** How a step is called in words, and where the standard has it. */
export interface StepRow {
  readonly title: string;
  readonly spec: string;
}

const corsCheck = `${fetchStandard}#concept-cors-check`;
const preflightFetch = `${fetchStandard}#cors-preflight-fetch-0`;

export const steps: Readonly<Record<StepId, StepRow>> = {
  'preflight-redirect': { title: 'The preflight is not redirected', spec: preflightFetch },
  'preflight-allow-origin': { title: 'Access-Control-Allow-Origin of the preflight matches the origin', spec: corsCheck },
  'preflight-allow-credentials': { title: 'Access-Control-Allow-Credentials of the preflight is true, if credentials are sent', spec: corsCheck },
  'preflight-ok-status': { title: 'The preflight\'s status is from 200 to 299', spec: preflightFetch },
  'allow-methods-syntax': { title: 'Access-Control-Allow-Methods is a list of methods', spec: preflightFetch },
  'allow-headers-syntax': { title: 'Access-Control-Allow-Headers is a list of header names', spec: preflightFetch },
  'method': { title: 'The method is allowed', spec: preflightFetch },
  'request-headers': { title: 'Every request header is allowed', spec: preflightFetch },
  'allow-origin': { title: 'Access-Control-Allow-Origin matches the origin', spec: corsCheck },
  'allow-credentials': { title: 'Access-Control-Allow-Credentials is true, if credentials are sent', spec: corsCheck },
  'redirect-scheme': { title: 'The redirect leads to an http or https URL', spec: `${fetchStandard}#http-redirect-fetch` },
  'redirect-credentials': { title: 'The redirect names no user name and password', spec: `${fetchStandard}#http-redirect-fetch` },
};
