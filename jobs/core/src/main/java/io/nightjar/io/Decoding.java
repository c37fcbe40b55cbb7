package io.nightjar.io;

import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.util.function.BiFunction;

/**
 * The border between the decoders of files from anyone and the rest of the program: whatever a
 * decoder or the library below it fails with on a damaged or hostile file becomes the caller's own
 * exception, with a clause that goes on after the name of the file.
 */
public final class Decoding {
  private static final int LONGEST_DETAIL = 300;

  private Decoding() {}

  /** Reads a file. */
  @FunctionalInterface
  public interface Decoder<T, X extends Exception, Y extends Exception> {
    /** What the file holds. */
    T decode() throws X, Y;
  }

  /**
   * Runs a decoder. {@link InvalidInputException}, and the checked exceptions that the decoder
   * declares, pass; all else that a file can cause is refused.
   *
   * @param refusal of a clause, such as {@code its content is damaged (...)}, and what caused it
   * @throws X the refusal, or the decoder's own
   * @throws Y the decoder's own
   */
  public static <T, X extends Exception, Y extends Exception> T guarded(
      Decoder<T, X, Y> decoder, BiFunction<String, Throwable, ? extends X> refusal) throws X, Y {
    try {
      return decoder.decode();
    } catch (InvalidInputException e) {
      throw e;
    } catch (RuntimeException e) {
      throw refusal.apply(Text.format("its content is damaged (%s)", shortened(e.toString())), e);
    } catch (StackOverflowError e) {
      throw refusal.apply("it is nested too deeply", e);
    } catch (OutOfMemoryError e) {
      throw refusal.apply(
          Text.format(
              "it needs more memory than is free in the %d MiB of this process's heap",
              Runtime.getRuntime().maxMemory() >> 20),
          e);
    } catch (InternalError e) { // how the JVM reports a mapped file that was shortened
      throw refusal.apply("it changed while it was read", e);
    }
  }

  /** A detail of a library's for a sentence: on one line, and not too long for a person. */
  public static String shortened(String detail) {
    String line = detail.replaceAll("[\\p{Cntrl}]+", " ").strip();
    return line.length() > LONGEST_DETAIL ? line.substring(0, LONGEST_DETAIL) + "..." : line;
  }
}
