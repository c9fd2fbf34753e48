/**
 * A certificate for localhost that no authority signed, and its key, which protects nothing. Made by `openssl req -x509
 * -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 36500 -subj /CN=localhost -addext subjectAltName=DNS:localhost`.
 */
export const selfSigned = {
  cert: `-----BEGIN CERTIFICATE-----
MIIBlTCCATugAwIBAgIUeD4mu8D4NUeDz6vJvFFj4fb1MbowCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMjEzMjczOVoYDzIxMjYxMDI5
MTMyNzM5WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAARcepu7UyrClWuusdHwuWob6McV4VBqBfX+ux/X21IGjlf9sGID/x2A
v9gwOM3hG0wwwIK9/bS7YHHxhJLP9tg+o2kwZzAdBgNVHQ4EFgQU8hCGHVlZu+zz
bualM9XLZwobBSYwHwYDVR0jBBgwFoAU8hCGHVlZu+zzbualM9XLZwobBSYwDwYD
VR0TAQH/BAUwAwEB/zAUBgNVHREEDTALgglsb2NhbGhvc3QwCgYIKoZIzj0EAwID
SAAwRQIgc5JM7DIq1fTqchLHCsgCn1eC9n1dSuk7Nc5aP8wV1PECIQCZeGsohlRj
Ias0QHoP1hT8svbZ85X38+kRqBuJGIfw7A==
-----END CERTIFICATE-----`,
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgG9z7J8Qe7M9aeAXj
n8hFr8JmAFueImnIWRItFZagwjuhRANCAARcepu7UyrClWuusdHwuWob6McV4VBq
BfX+ux/X21IGjlf9sGID/x2Av9gwOM3hG0wwwIK9/bS7YHHxhJLP9tg+
-----END PRIVATE KEY-----`,
} as const;
