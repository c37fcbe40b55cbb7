package io.nightjar.cli.outcome;

/**
 * What a webhook receives.
 *
 * @param formatVersion of this document
 * @param text the sentence again, under the name that chat programs show
 * @param command which has ended
 * @param exitCode of it
 * @param sentence the outcome
 * @param verdict of a comparison, or of drift; empty where nothing was compared
 * @param dataset what was looked at
 * @param results the folder of the results; empty where there is none
 * @param report a link to the report; empty without {@code --report-url}
 * @param ended when the command ended, in ISO 8601
 * @param version of the program
 */
record Message(
    int formatVersion,
    String text,
    String command,
    int exitCode,
    String sentence,
    String verdict,
    String dataset,
    String results,
    String report,
    String ended,
    String version) {}
