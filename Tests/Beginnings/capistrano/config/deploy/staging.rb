set :branch, ENV["BRANCH"] || "main"
box = "staging.example.com"
server box, user: "vagrant", roles: %w{app web db worker}, ssh_options: {
  user: "deployer", # overrides user setting above
  port: 2201,
  keys: %w(~/.ssh/staging),
}
