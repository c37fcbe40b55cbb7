/**
 * The immutable results of the actions. Part of the API.
 *
 * @serial exclude
 */
package io.nightjar.job.result;
