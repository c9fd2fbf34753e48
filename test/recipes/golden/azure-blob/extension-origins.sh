# Removes every CORS rule of the blob service.
az storage cors clear --account-name ACCOUNT --services b
az storage cors add --account-name ACCOUNT --services b \
  --origins 'chrome-extension://abcdefghijklmnopabcdefghijklmnop' 'moz-extension://2f1b6b9e-8d3a-4c57-9d0e-3f6a1c2b4d5e' \
  --methods 'GET' 'HEAD' 'POST'
