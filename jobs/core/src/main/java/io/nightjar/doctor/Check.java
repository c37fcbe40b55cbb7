package io.nightjar.doctor;

import java.util.function.Consumer;

/** A group of checks. */
@FunctionalInterface
public interface Check {

  /**
   * Looks, and reports finding by finding, so that what was found before a check breaks is kept.
   *
   * @param findings takes each
   * @throws Exception whatever breaks the check, which becomes a finding
   */
  void run(Consumer<Finding> findings) throws Exception;
}
