cors_origins = ['https://app.example']
cors_headers = []

# Above everything else: also above what redirects, answers errors or asks for a login.
Rails.application.config.middleware.insert_before 0, Rack::Cors do
  allow do
    origins { |origin, _env| cors_origins.include?(origin) }
    resource '*',
      # The gem turns down every other method, so the first three stand here, too.
      methods: ['get', 'head', 'post'],
      headers: cors_headers,
      expose: [
        'content-disposition',
        'etag',
        'link',
        'location',
        'ratelimit-limit',
        'ratelimit-remaining',
        'ratelimit-reset',
        'x-request-id',
      ],
      max_age: 5,
      # The gem grants Content-Type to everyone. This grants what is listed.
      if: ->(env) { env['HTTP_ACCESS_CONTROL_REQUEST_HEADERS'].to_s.downcase.split(/,\s*/).all? { |name| cors_headers.include?(name) } }
  end
end
