/** Has the specs of this project run on PostgreSQL. */
process.env.SEATKEEPER_TEST_DATABASE = 'postgres';
export {};
