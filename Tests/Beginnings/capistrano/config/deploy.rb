# config valid for current version and patch releases of Capistrano
lock "~> 3.18.0"

set :application, "shop"
set :repo_url, "git@git.example.com:example/shop.git"

# Default branch is :master
# ask :branch, `git rev-parse --abbrev-ref HEAD`.chomp

set :deploy_to, "/var/www/shop"
append :linked_files, "config/database.yml", 'config/master.key'
append :linked_dirs, "log", "tmp/pids"
set :keep_releases, 5
set :ssh_options, {
  user: "deploy",
  forward_agent: false,
  keys: %w(~/.ssh/deploy),
}

namespace :deploy do
  desc "Restart application"
  task :restart do
    on roles(:app), in: :sequence, wait: 5 do |host|
      execute :touch, release_path.join("tmp/restart.txt")
      puts <<~TEXT
        It's done on #{host}: server "nothing.example.com", roles: %w{app}
      TEXT
    end
  end
end
