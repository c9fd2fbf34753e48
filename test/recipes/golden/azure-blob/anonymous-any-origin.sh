# Removes every CORS rule of the blob service.
az storage cors clear --account-name ACCOUNT --services b
az storage cors add --account-name ACCOUNT --services b \
  --origins '*' \
  --methods 'GET' 'HEAD' 'POST' \
  --allowed-headers 'content-type' \
  --max-age 600
