/** Every name that Chrome gives to a CORS failure: the DevTools protocol's `Network.CorsError`. */
export const corsErrorCodes = [
  'DisallowedByMode',
  'InvalidResponse',
  'WildcardOriginNotAllowed',
  'MissingAllowOriginHeader',
  'MultipleAllowOriginValues',
  'InvalidAllowOriginValue',
  'AllowOriginMismatch',
  'InvalidAllowCredentials',
  'CorsDisabledScheme',
  'PreflightInvalidStatus',
  'PreflightDisallowedRedirect',
  'PreflightWildcardOriginNotAllowed',
  'PreflightMissingAllowOriginHeader',
  'PreflightMultipleAllowOriginValues',
  'PreflightInvalidAllowOriginValue',
  'PreflightAllowOriginMismatch',
  'PreflightInvalidAllowCredentials',
  'PreflightMissingAllowExternal',
  'PreflightInvalidAllowExternal',
  'InvalidAllowMethodsPreflightResponse',
  'InvalidAllowHeadersPreflightResponse',
  'MethodDisallowedByPreflightResponse',
  'HeaderDisallowedByPreflightResponse',
  'RedirectContainsCredentials',
  'InsecureLocalNetwork',
  'InvalidLocalNetworkAccess',
  'NoCorsRedirectModeNotFollow',
  'LocalNetworkAccessPermissionDenied',
] as const;

export type CorsErrorCode = (typeof corsErrorCodes)[number];

/** One "return a network error" of the standard, with a name and its evidence. https://fetch.spec.whatwg.org/#concept-network-error */
export interface NetworkError {
  readonly code: CorsErrorCode;
  /** What Chrome reports as `failedParameter`: a value, a method or a header name; empty for most codes. */
  readonly parameter: string;
  /** The response header that decided, or null when it was not a header. */
  readonly header: string | null;
  /** What stood there, or null when it was absent. */
  readonly found: string | null;
  /** What had to stand there. */
  readonly needed: string;
}

/** A step of the standard that a browser ran: passed when it returned no network error. */
export interface CheckedStep {
  readonly id: StepId;
  /** In the browser's order; every one but the first is what would block next. */
  readonly errors: readonly NetworkError[];
}

export type StepId =
  | 'preflight-redirect'
  | 'preflight-allow-origin'
  | 'preflight-allow-credentials'
  | 'preflight-ok-status'
  | 'allow-methods-syntax'
  | 'allow-headers-syntax'
  | 'method'
  | 'request-headers'
  | 'allow-origin'
  | 'allow-credentials'
  | 'redirect-credentials'
  | 'redirect-scheme';

export const firstError = (steps: readonly CheckedStep[]): NetworkError | null =>
  steps.find((step) => step.errors.length > 0)?.errors[0] ?? null;
