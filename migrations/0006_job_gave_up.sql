-- What has given up is few and asked for often: by the console, and by whoever watches the house.
CREATE INDEX job_gave_up ON job (community_id) WHERE state = 'gave_up';
