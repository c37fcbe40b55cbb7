/** The immutable results of the actions. Part of the API. */
package io.nightjar.job.result;
