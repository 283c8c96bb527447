from fabric.api import cd, env, execute, hosts, put, roles, run, sudo, task

env.user = 'deploy'
env.port = '2200'
env.key_filename = ['~/.ssh/deploy']
env.use_ssh_config = True
env.roledefs = {
    'web': ['web1.example.com', 'web2.example.com'],   # behind the balancer
    'db': {
        'hosts': ['postgres@db1.example.com:22'],
        'static_root': '/mnt/data',
    },
    "cache": [
        'cache1.example.com',
        'cache'
        '2.example.com',
    ],
}
env.roledefs['queue'] = ['web2.example.com']
env.roledefs['search'] = discover('search')


def staging():
    env.user = 'vagrant'
    env.hosts = ['staging.example.com']
    env.environment = 'staging'


@task
def load_test():
    env.hosts = ['load%d.example.com' % n for n in range(1, 4)]


@roles('web')
def deploy():
    with cd('/srv/shop'):
        run('git pull')
    sudo('service shop restart')


@hosts('deploy@stats.example.com')
def stats():
    run('bin/stats')
