# Serves the application in each of the folders, on the port of the same index; the snippet is an initializer of each.
# 404 and 500 are left to Rails.
require 'action_controller/railtie'
require 'rack/cors'
require 'puma'
require 'puma/server'

class ApplicationController < ActionController::API
  before_action { response.headers['Vary'] = 'Accept-Encoding' }
  before_action { render plain: 'log in', status: 401 if request.path == '/private' && request.authorization.nil? }

  def data
    response.headers['x-trace'] = '7' if request.get?
    render plain: request.get? ? 'data' : "#{request.request_method} was here"
  end

  def cacheable
    response.headers['Cache-Control'] = 'max-age=600'
    render plain: 'cacheable'
  end

  def login
    response.headers['Set-Cookie'] = 'session=alice; HttpOnly'
    render plain: 'welcome'
  end

  def session_cookie
    render plain: request.headers['Cookie'] || 'nobody'
  end

  def private_data
    render plain: 'private'
  end

  def broken
    raise 'broken'
  end

  def unreachable
    render plain: 'unreachable', status: 502
  end

  def upload
    render plain: 'upload', status: request.raw_post.size > 1024 ? 413 : 200
  end
end

def serve(folder, port)
  application = Class.new(Rails::Application) do
    config.root = folder
    config.eager_load = false
    config.secret_key_base = 'secret'
    config.logger = Logger.new(nil)
  end
  application.initialize!
  application.routes.draw do
    match '/data', to: 'application#data', via: :all
    get '/cacheable', to: 'application#cacheable'
    get '/login', to: 'application#login'
    get '/session', to: 'application#session_cookie'
    match '/private', to: 'application#private_data', via: :all
    match '/moved', to: redirect('/data', status: 308), via: :all
    get '/broken', to: 'application#broken'
    get '/unreachable', to: 'application#unreachable'
    post '/upload', to: 'application#upload'
  end
  server = Puma::Server.new(application)
  server.add_tcp_listener('127.0.0.1', port)
  server.run.join
end

children = ARGV.each_slice(2).map { |folder, port| fork { serve(folder, port.to_i) } }
trap('TERM') { children.each { |child| Process.kill('KILL', child) } }
Process.waitall
