create table customers (name text);
