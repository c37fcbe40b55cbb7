/**
 * The actions of the Java API: evaluate one configuration or an ensemble of several, measure maps,
 * score, build, update and inspect banks, detect drift, suggest images. Each takes options, runs as
 * Spark jobs and returns an immutable result. Outside of {@code job} only this package, {@code
 * job.options}, {@code job.result} and {@code job.watch} are used.
 */
package io.nightjar.job;
