-- One database a service; run once, when the volume is new. Each service migrates its own.
create database hezuo_profiles;
create database hezuo_matcher;
create database hezuo_gateway;
