# server-based syntax
# server "example.com", user: "deploy", roles: %w{app db web}, my_property: :my_value
server "app1.example.com", roles: %w{app web}, primary: true
server "app2.example.com:2222",
  user: "rails",
  roles: [:app, :web]
server 'db1.example.com', :user => 'postgres', :roles => %w[db], no_release: true

# role-based syntax
role :worker, %w{jobs@worker1.example.com worker2.example.com}, sidekiq: true
role :worker, "app2.example.com:2222"

%w[edge1 edge2].each do |name|
  server "#{name}.example.com", roles: %w{edge}
end
