# Removes every CORS rule of the blob service.
az storage cors clear --account-name ACCOUNT --services b
az storage cors add --account-name ACCOUNT --services b \
  --origins 'https://app.example' \
  --methods 'GET' 'HEAD' 'POST' \
  --allowed-headers 'authorization' 'content-type' 'baggage' 'sentry-trace' 'traceparent' 'tracestate' 'x-client-info' 'x-csrf-token' 'x-datadog-parent-id' 'x-requested-with' 'x-request-id' 'if-match' 'if-none-match' 'idempotency-key' \
  --max-age 7200
