package io.nightjar.doctor;

import io.nightjar.text.Sentences;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a check found about one thing: fine, worth knowing, or in the way of a run. */
public sealed interface Finding {

  /** What was looked at, in a few words. */
  String subject();

  /** What was found, in a sentence. */
  String sentence();

  /** The numbers and names behind the sentence; a name says its unit. */
  Map<String, Object> figures();

  /** What to do about it; empty where there is nothing to do. */
  String remedy();

  /** {@code ok}, {@code note} or {@code problem}. */
  String verdict();

  /** Nothing to do. */
  record Ok(String subject, String sentence, Map<String, Object> figures) implements Finding {
    /** Copies the figures; the sentence is made fit to be shown. */
    public Ok {
      sentence = Sentences.shown(sentence);
      figures = copy(figures);
    }

    @Override
    public String remedy() {
      return "";
    }

    @Override
    public String verdict() {
      return "ok";
    }
  }

  /** A run works, but slower, with less room, or with a risk that is named. */
  record Note(String subject, String sentence, String remedy, Map<String, Object> figures)
      implements Finding {
    /** Copies the figures; the sentences are made fit to be shown. */
    public Note {
      sentence = Sentences.shown(sentence);
      remedy = Sentences.shown(remedy);
      figures = copy(figures);
    }

    @Override
    public String verdict() {
      return "note";
    }
  }

  /** A run that needs this fails. */
  record Problem(String subject, String sentence, String remedy, Map<String, Object> figures)
      implements Finding {
    /**
     * Copies the figures; the sentences are made fit to be shown.
     *
     * @throws IllegalArgumentException without a remedy
     */
    public Problem {
      if (remedy.isBlank()) {
        throw new IllegalArgumentException("A problem needs a remedy: " + sentence);
      }
      sentence = Sentences.shown(sentence);
      remedy = Sentences.shown(remedy);
      figures = copy(figures);
    }

    @Override
    public String verdict() {
      return "problem";
    }
  }

  /** Nothing to do, and no figures. */
  static Finding ok(String subject, String sentence) {
    return new Ok(subject, sentence, Map.of());
  }

  /** Worth knowing, without figures. */
  static Finding note(String subject, String sentence, String remedy) {
    return new Note(subject, sentence, remedy, Map.of());
  }

  /** In the way of a run, without figures. */
  static Finding problem(String subject, String sentence, String remedy) {
    return new Problem(subject, sentence, remedy, Map.of());
  }

  private static Map<String, Object> copy(Map<String, Object> figures) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(figures));
  }
}
