# Removes every CORS rule of the blob service.
az storage cors clear --account-name ACCOUNT --services b
az storage cors add --account-name ACCOUNT --services b \
  --origins 'https://app.example' 'https://admin.example' \
  --methods 'GET' 'HEAD' 'POST' 'PUT' 'DELETE' \
  --allowed-headers 'authorization' 'content-type' \
  --exposed-headers 'etag' \
  --max-age 600
