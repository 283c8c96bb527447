<?php
namespace Deployer;

require 'recipe/laravel.php';
import('contrib/php-fpm.php');

// Config
set('application', 'shop');
set('repository', 'git@git.example.com:example/shop.git');
set('remote_user', 'deploy');
set('keep_releases', 5);
add('shared_dirs', ['storage']);

/* Hosts
   host('commented.example.com'); */
host('web1.example.com', 'web2.example.com')
    ->set('labels', ['stage' => 'production', 'role' => 'web'])
    ->set('deploy_path', '~/shop')   # the same on both
    ->setPort(2222);

host('worker[01:03].example.com')
    ->setLabels(['stage' => 'production', 'role' => ['worker', 'cron']])
    ->setRemoteUser('jobs');

host('db')
    ->setHostname('10.0.0.5')
    ->setIdentityFile('~/.ssh/db')
    ->set('labels', [
        'stage' => 'production',
        'role' => 'db',
    ]);

host('staging.example.com/blue')
    ->set('remote_user', 'vagrant')
    ->set('labels', ['stage' => 'staging', 'role' => 'web']);
host('staging.example.com/green')->set('labels', array('stage' => 'staging', 'role' => 'web'));

host(getenv('CANARY'))->set('labels', ['stage' => 'production', 'role' => 'web']);
import('inventory.yaml');

// Hooks
task('deploy:restart', function () {
    run('sudo systemctl reload php8.2-fpm');
    $on = currentHost()->getHostname();
    writeln("deployed to $on");
});
after('deploy:failed', 'deploy:unlock');
