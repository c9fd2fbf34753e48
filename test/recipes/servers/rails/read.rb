# Runs each snippet with an object in the place of Rails, which keeps what the gem would be given.
require 'json'

module Rack
  class Cors; end
end

class Given
  attr_reader :policy

  def insert_before(index, middleware, &block)
    raise 'Rack::Cors is not first.' unless index.zero? && middleware == Rack::Cors
    @policy = {}
    instance_eval(&block)
  end

  def allow(&block)
    instance_eval(&block)
  end

  def origins(every = nil, &block)
    @policy[:origins] = every || block.binding.local_variable_get(:cors_origins)
    raise 'The snippet allows other origins than it lists.' if block && (block.call('https://evil.example', {}) || !@policy[:origins].all? { |origin| block.call(origin, {}) })
  end

  def resource(path, methods:, headers:, max_age:, if:, expose: [], credentials: false)
    raise 'The gem would turn down a preflight for a CORS-safelisted method.' unless path == '*' && methods.first(3) == %w[get head post]
    only = binding.local_variable_get(:if)
    granted = ->(names) { only.call('HTTP_ACCESS_CONTROL_REQUEST_HEADERS' => names) }
    raise 'Another header is granted than the listed ones.' if granted.call('content-type, x-ungranted') || !granted.call(nil)
    @policy.update(
      credentialed: credentials,
      methods: methods.drop(3).map(&:upcase),
      requestHeaders: headers,
      exposedHeaders: expose,
      # Five seconds are what browsers take when nothing is stated.
      maxAge: max_age == 5 ? nil : max_age
    )
  end
end

module Rails
  def self.application = Struct.new(:config).new(Struct.new(:middleware).new($given))
end

puts JSON.generate(JSON.parse($stdin.read).map do |snippet|
  $given = Given.new
  eval(snippet, Object.new.instance_eval { binding })
  $given.policy
end)
