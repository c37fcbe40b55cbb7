/**
 * Search for the test images' patches: a bank that every executor holds or one in shards, and the
 * comparison of approximate with exact answers.
 */
package io.nightjar.job.search;
