# Removes every CORS rule of the blob service.
az storage cors clear --account-name ACCOUNT --services b
az storage cors add --account-name ACCOUNT --services b \
  --origins 'https://feature-cors-inspector-recipes-of-a-long-branch-name.preview.app.example:8443' \
  --methods 'GET' 'HEAD' 'POST'
