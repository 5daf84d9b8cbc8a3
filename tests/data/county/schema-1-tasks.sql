-- The county's tables in the common part of SQL. {by_point} stands for how a dialect parts a table by point.
CREATE TABLE county_notes (note_key varchar(40) PRIMARY KEY, body text);

CREATE TABLE points (
    point varchar(32) PRIMARY KEY,
    point_name varchar(120) NOT NULL,
    site_code varchar(8) NOT NULL,
    kind varchar(40) NOT NULL,
    practice boolean NOT NULL,
    public_key varchar(80) NOT NULL,
    card text NOT NULL,
    enrolled_at varchar(40) NOT NULL,
    standing varchar(10) NOT NULL,
    fork_at bigint,
    seq bigint NOT NULL,
    link varchar(64),
    epoch integer NOT NULL,
    restored varchar(64),
    first_day varchar(10),
    calendars text,
    last_at varchar(40),
    heard_at varchar(40),
    taken_at varchar(40)
);

CREATE TABLE bundles (
    digest varchar(64) PRIMARY KEY,
    point varchar(32),
    file_name text,
    verdict varchar(10) NOT NULL,
    why varchar(40),
    after_seq bigint,
    end_seq bigint,
    epoch integer,
    events integer,
    made_at varchar(40),
    offered_at varchar(40) NOT NULL
);
CREATE INDEX bundles_point ON bundles (point, verdict);

CREATE TABLE decisions (
    decision bigint PRIMARY KEY,
    decided_at varchar(40) NOT NULL,
    point varchar(32),
    what varchar(20) NOT NULL,
    why text,
    body text
);

CREATE TABLE events (
    point varchar(32) NOT NULL,
    superseded integer NOT NULL,
    seq bigint NOT NULL,
    id varchar(40) NOT NULL,
    case_id varchar(40) NOT NULL,
    n integer NOT NULL,
    act varchar(40) NOT NULL,
    noted_at varchar(40) NOT NULL,
    body text NOT NULL,
    link varchar(64) NOT NULL,
    PRIMARY KEY (point, superseded, seq)
) {by_point};
CREATE INDEX events_case ON events (point, case_id, superseded, n);

CREATE TABLE cases (
    point varchar(32) NOT NULL,
    case_id varchar(40) NOT NULL,
    case_no varchar(40) NOT NULL,
    received_on date NOT NULL,
    received_year integer NOT NULL,
    channel varchar(20) NOT NULL,
    applicant_class varchar(20) NOT NULL,
    category varchar(30),
    report_row varchar(30),
    closed_on date,
    closed_year integer NOT NULL,
    answered_on date,
    served_on date,
    archived_on date,
    void boolean NOT NULL,
    status varchar(20) NOT NULL,
    is_due integer NOT NULL,
    due_on date,
    wait_until date,
    provisional boolean NOT NULL,
    first_due_on date,
    first_served_on date,
    in_time boolean,
    working_days integer,
    rounds text,
    faults text,
    clock text NOT NULL,
    events integer NOT NULL,
    PRIMARY KEY (point, case_id)
) {by_point};
CREATE INDEX cases_no ON cases (point, case_no);
CREATE INDEX cases_due ON cases (is_due, due_on);
CREATE INDEX cases_received ON cases (point, received_on);

CREATE TABLE matters (
    point varchar(32) NOT NULL,
    case_id varchar(40) NOT NULL,
    n integer NOT NULL,
    route varchar(30) NOT NULL,
    outcome varchar(20) NOT NULL,
    result varchar(40),
    opened_on date NOT NULL,
    counted_from date NOT NULL,
    answered_on date,
    decided_on date,
    answer_by date,
    dated boolean NOT NULL,
    PRIMARY KEY (point, case_id, n)
) {by_point};

CREATE TABLE tally (
    point varchar(32) NOT NULL,
    received_year integer NOT NULL,
    closed_year integer NOT NULL,
    report_row varchar(30) NOT NULL,
    applicant_class varchar(20) NOT NULL,
    cases integer NOT NULL,
    PRIMARY KEY (point, received_year, closed_year, report_row, applicant_class)
);

CREATE TABLE spans (
    point varchar(32) NOT NULL,
    closed_month integer NOT NULL,
    working_days integer NOT NULL,
    cases integer NOT NULL,
    PRIMARY KEY (point, closed_month, working_days)
);

CREATE TABLE standings (
    point varchar(32) NOT NULL,
    kind varchar(20) NOT NULL,
    standing_key varchar(40) NOT NULL,
    body text NOT NULL,
    made_at varchar(40) NOT NULL,
    PRIMARY KEY (point, kind, standing_key)
);

CREATE TABLE tasks (
    task varchar(40) PRIMARY KEY,
    point varchar(32) NOT NULL,
    kind varchar(20) NOT NULL,
    given_on date NOT NULL,
    until_on date NOT NULL,
    body text NOT NULL
);
