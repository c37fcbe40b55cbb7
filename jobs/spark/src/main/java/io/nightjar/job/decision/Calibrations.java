package io.nightjar.job.decision;

import io.nightjar.bank.store.ReferenceScores;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.dataset.Category;
import io.nightjar.decision.calibration.NormalScores;
import io.nightjar.error.InvalidInputException;
import io.nightjar.job.bank.CategoryBanks;
import io.nightjar.job.options.BankScope;
import io.nightjar.job.options.SearchOptions;
import io.nightjar.metric.decision.CategoryDecision;
import io.nightjar.metric.decision.ConformalScores;
import io.nightjar.metric.decision.DecisionRates;
import io.nightjar.metric.decision.FalseDiscoveries;
import io.nightjar.metric.decision.ImageDecision;
import io.nightjar.report.CategoryScores;
import io.nightjar.report.ScoredFile;
import io.nightjar.score.ImageScoreKind;
import io.nightjar.score.ImageScores;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.hadoop.conf.Configuration;

/**
 * The scores of the banks' own images, by category, and the decisions on new images that they
 * allow.
 */
public final class Calibrations {
  /** A bank's own images are compared with their nearest rows. */
  private static final int OWN_NEIGHBOURS = 1;

  private final DecisionRates rates;
  private final ImageScoreKind kind;
  private final Map<String, NormalScores> normal;

  /** Of the largest distance of each of a bank's own images, whatever kind decides. */
  private final Map<String, ConformalScores> highest;

  private Calibrations(
      DecisionRates rates,
      ImageScoreKind kind,
      Map<String, NormalScores> normal,
      Map<String, ConformalScores> highest) {
    this.rates = rates;
    this.kind = kind;
    this.normal = normal;
    this.highest = highest;
  }

  /**
   * Reads the scores of the banks' own images.
   *
   * @param rates that decisions are to keep to
   * @param kind of image score
   * @return empty where nothing is to be decided
   * @throws InvalidInputException if a bank has none, or too few for the rates
   */
  public static Optional<Calibrations> find(
      CategoryBanks banks,
      List<Category> categories,
      DecisionRates rates,
      ImageScoreKind kind,
      SearchOptions search,
      Configuration configuration) {
    if (!rates.isAsked()) {
      return Optional.empty();
    }
    requireSameDistances(banks, rates, search);
    Map<String, ReferenceScores> byBank = new HashMap<>();
    Map<String, NormalScores> byCategory = new LinkedHashMap<>();
    Map<String, ConformalScores> highest = new HashMap<>();
    for (Category category : categories) {
      StoredBank bank = banks.of(category);
      ReferenceScores own =
          byBank.computeIfAbsent(
              bank.location().toString(), key -> NormalScores.required(bank, configuration));
      List<ReferenceScores.Image> images =
          own.images().stream().filter(image -> banks.isOf(category, image.path())).toList();
      rates.requirePossible(images.size(), bank.location().toString());
      NormalScores deciding = NormalScores.of(images, own.patches().orElseThrow(), kind);
      byCategory.put(category.name(), deciding);
      highest.put(category.name(), NormalScores.scores(images, ImageScoreKind.MAX));
    }
    return Optional.of(new Calibrations(rates, kind, byCategory, highest));
  }

  private static void requireSameDistances(
      CategoryBanks banks, DecisionRates rates, SearchOptions search) {
    if (search.neighbours() != OWN_NEIGHBOURS) {
      throw new InvalidInputException(
          Text.format(
              "The option --%s compares distances with those of the bank's own images to their"
                  + " nearest rows, but --neighbours is %d; leave one of the two out.",
              DecisionRates.FALSE_ALARMS, search.neighbours()));
    }
    if (!search.method().isExact()) {
      throw new InvalidInputException(
          Text.format(
              "The option --%s compares distances with those of the bank's own images, which are"
                  + " exact, but --search is %s; leave one of the two out.",
              DecisionRates.FALSE_ALARMS, search.method().name()));
    }
    if (rates.falsePositivePixels().isPresent() && banks.scope() == BankScope.UNIFIED) {
      throw new InvalidInputException(
          Text.format(
              "The option --%s needs a bank of each category; of one bank of all categories the"
                  + " distances of patches are kept together. Leave it out.",
              DecisionRates.FALSE_POSITIVE_PIXELS));
    }
  }

  /**
   * The p-value of an image whose largest distance is a score: how rare it is that a normal image
   * has one as high anywhere. Of a region, whose peak is at most the largest distance of the
   * patches below it, it is at least that of these.
   *
   * @param category of the image
   * @param score the peak of a region
   * @return from 1 / (n + 1) to 1
   */
  public double pValueOfHighest(String category, float score) {
    return highest.get(category).pValue(score);
  }

  /**
   * Decides on all images of a run over unlabelled images.
   *
   * @param scores of the categories
   * @return the same with decisions
   */
  public List<CategoryScores> decide(List<CategoryScores> scores) {
    Map<String, float[]> byCategory = new LinkedHashMap<>();
    for (CategoryScores category : scores) {
      float[] own = new float[category.images().size()];
      for (int i = 0; i < own.length; i++) {
        ScoredFile image = category.images().get(i);
        ImageScores all = image.imageScores();
        own[i] = score(new ImageScores(image.mapMax(), all.top3(), all.top1Percent()));
      }
      byCategory.put(category.category(), own);
    }
    Map<String, CategoryDecision> decisions = decide(byCategory);
    return scores.stream()
        .map(category -> category.with(decisions.get(category.category())))
        .toList();
  }

  /**
   * The score of an image that is compared with those of the bank's own.
   *
   * @param ofMap of every kind, of the map before it is upsampled and smoothed
   */
  float score(ImageScores ofMap) {
    return ofMap.of(kind);
  }

  /**
   * Decides on all images of a run.
   *
   * @param scores of the images of each category
   * @return decisions on them, in their order
   */
  Map<String, CategoryDecision> decide(Map<String, float[]> scores) {
    List<Double> pValues = new ArrayList<>();
    scores.forEach(
        (category, images) -> {
          for (float score : images) {
            pValues.add(normal.get(category).scores().pValue(score));
          }
        });
    boolean[] selected = select(pValues);
    Map<String, CategoryDecision> decisions = new LinkedHashMap<>();
    int first = 0;
    for (Map.Entry<String, float[]> category : scores.entrySet()) {
      decisions.put(
          category.getKey(),
          decision(normal.get(category.getKey()), category.getValue(), selected, first));
      first += category.getValue().length;
    }
    return decisions;
  }

  /** Over the run, whatever the categories of its images; none where no rate was stated. */
  private boolean[] select(List<Double> pValues) {
    return rates.falseDiscoveries().isPresent()
        ? FalseDiscoveries.select(
            pValues.stream().mapToDouble(Double::doubleValue).toArray(),
            rates.falseDiscoveries().getAsDouble())
        : new boolean[0];
  }

  private CategoryDecision decision(
      NormalScores own, float[] scores, boolean[] selected, int first) {
    double rate = rates.falseAlarms().getAsDouble();
    List<ImageDecision> images = new ArrayList<>();
    for (int i = 0; i < scores.length; i++) {
      ImageDecision byItself = own.scores().decide(scores[i], rate);
      images.add(selected.length == 0 ? byItself : byItself.withSelected(selected[first + i]));
    }
    return new CategoryDecision(
        kind,
        own.images(),
        own.scores().limit(rate),
        rates.falsePositivePixels().isPresent()
            ? OptionalDouble.of(own.patchThreshold(rates.falsePositivePixels().getAsDouble()))
            : OptionalDouble.empty(),
        images);
  }
}
