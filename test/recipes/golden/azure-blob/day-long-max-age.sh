# Removes every CORS rule of the blob service.
az storage cors clear --account-name ACCOUNT --services b
az storage cors add --account-name ACCOUNT --services b \
  --origins 'https://app.example' \
  --methods 'GET' 'HEAD' 'POST' 'PUT' \
  --max-age 7200
