import { redactions } from '../explain/redact.ts';
import { type ReportSource, diagnosedOf } from '../explain/session.ts';
import { counted, shorten } from '../explain/visible.ts';
import { curlCommands, whatToReplace } from './curl-check.ts';
import { titleOf } from './report-parts.ts';
import { printing } from './shell.ts';
import { blockedInTrial, stoppedIn } from './stopped.ts';

/**
 * A script for a POSIX shell that repeats what CORS blocked: each cause at each server once, by its first request. What may
 * change something is sent only where that was asked for, since nobody reads so long a script to its end. What has no room is
 * counted.
 */
export function sessionCheck(source: ReportSource): string {
  const { secrets = 'redacted' } = source;
  const redaction = redactions[secrets];
  const session = diagnosedOf(source);
  const blocks = stoppedIn(session, redaction).flatMap(({ server, blocked }) =>
    blocked.flatMap(({ first: { diagnosis }, count }) => (diagnosis.block ? [{ server, diagnosis, block: diagnosis.block, count }] : [])));
  const checks = blocks.slice(0, mostChecks).flatMap(({ server, diagnosis, block, count }, index) => [
    '',
    printing('', `Check ${index + 1} of ${blocks.length}, at ${shorten(server)}: ${titleOf(block, redaction)}. It is for ${counted(count, 'request')}.`),
    curlCommands(diagnosis, block, redaction, consent),
  ]);
  const tried = blockedInTrial(session);
  return `${[
    '#!/bin/sh',
    // To be read before anything runs; no value of theirs stands in a comment.
    ...(checks.length === 0 ? [] : [`# Read this first: it really sends each request, those that may change something only if run with ${consent}.`]),
    ...(checks.length === 0 || secrets === 'redacted' ? [] : ['# Secrets are in it: give it to nobody who may not have them.']),
    ...whatToReplace(checks.join('\n')),
    ...checks,
    ...(blocks.length > mostChecks ? ['', printing('', `${counted(blocks.length - mostChecks, 'more cause')} had no room here.`)] : []),
    ...(blocks.length === 0 ? [printing(tried === 0 ? 'Nothing that is shown was blocked by CORS, so there is nothing to check.' : 'No request is to be checked.')] : []),
    ...(tried === 0 ? [] : [printing(`${counted(tried, 'request')} that ${tried === 1 ? 'was' : 'were'} blocked while headers were tried out in the browser ${tried === 1 ? 'is' : 'are'} left out.`)]),
  ].join('\n')}\n`;
}

/** The argument with which the script sends all. */
const consent = '--send-all';

/** Each takes up to two requests to its server. */
const mostChecks = 50;
