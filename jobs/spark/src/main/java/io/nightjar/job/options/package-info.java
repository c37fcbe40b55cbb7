/** The options of the actions, their defaults and their validation. Part of the API. */
package io.nightjar.job.options;
