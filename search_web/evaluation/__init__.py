"""Judged queries to figures: how good the ranking is, and how long it takes."""

from search_web.evaluation.evaluate import evaluate_file, evaluate_folder
from search_web.evaluation.report import Figures, Report

__all__ = ["Figures", "Report", "evaluate_file", "evaluate_folder"]
