/**
 * The actions of the Java API: evaluate, measure maps, score, build, update and inspect banks,
 * detect drift. Each takes options, runs as Spark jobs and returns an immutable result. Outside of
 * {@code job} only this package, {@code job.options}, {@code job.result} and {@code job.watch} are
 * used.
 */
package io.nightjar.job;
