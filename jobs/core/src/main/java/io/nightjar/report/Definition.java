package io.nightjar.report;

/**
 * What a figure is.
 *
 * @param sentence in words
 * @param formula in symbols
 * @param source who defined it so
 */
public record Definition(String sentence, String formula, String source) {}
