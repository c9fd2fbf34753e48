# Removes every CORS rule of the blob service.
az storage cors clear --account-name ACCOUNT --services b
az storage cors add --account-name ACCOUNT --services b \
  --origins 'http://localhost:3000' 'http://localhost:5173' 'http://127.0.0.1:5173' 'http://[::1]:5173' \
  --methods 'GET' 'HEAD' 'POST' 'PUT' \
  --max-age 0
