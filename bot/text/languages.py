"""Which language a message is in, if it is clearly not English.

By script where that tells; else by the words that a language says most often. Only languages that are often spoken on
Discord are known.
"""

from __future__ import annotations

import re

_SCRIPTS = (
    ("ko", re.compile("[\uac00-\ud7af\u1100-\u11ff]")),
    ("zh", re.compile("[\u4e00-\u9fff\u3040-\u30ff]")),
    ("ru", re.compile("[\u0400-\u04ff]")),
    ("ar", re.compile("[\u0600-\u06ff]")),
)
_KANA = re.compile("[\u3040-\u30ff]")
_WORDS = {
    "es": """
        qué que es el la los las un una de del por para con cómo como cuál cuáles quién quiénes dónde cuándo y entre
        son está están hay su más pero sobre dice sí
    """,
    "pt": """
        que é o os as um uma do da dos das por para com como qual quais quem onde quando e entre são está tem há seu
        sua mais mas sobre não você isso
    """,
    "fr": """
        que est le la les un une des du de par pour avec comment quel quelle quels quelles qui où quand et entre
        sont son sa ses plus mais sur dit ce cette c'est qu'est pas vous il elle
    """,
    "de": """
        was ist der die das den dem ein eine einer eines und zwischen sind wie wer wo wann warum welche welcher mit
        für von zu nicht auch über sagt ich sie er es
    """,
    "it": """
        che cosa è il lo la gli le un una di del della dei per con come quale quali chi dove quando e tra sono più
        non ma su dice perché
    """,
    "tr": """
        ne nedir bir ve ile için mi mı mu mü nasıl kim nerede hangi arasındaki var yok bu çok ama neden
    """,
    "pl": """
        co jest to i w na z do jak kto gdzie kiedy jaki jaka jakie między są czy nie się dla o przez dlaczego
    """,
    "nl": """
        wat is de het een en tussen zijn hoe wie waar wanneer welke met voor van niet ook over zegt waarom
    """,
}
_TELLING = {language: frozenset(words.split()) for language, words in _WORDS.items()}
_ENGLISH = frozenset(
    """
    what is the a an and of to in do does did are was were how who why when where which that this it for on with not be
    they he she you i can should would say says said or but is
    between about by from as at if so no me we my his her their there
    """.split()
)
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_FEWEST = 2


def foreign_language(text: str) -> str | None:
    """The language of a text by its ISO 639-1 code; None if it may be English, or cannot be told."""
    letters = [character for character in text if character.isalpha()]
    for language, script in _SCRIPTS:
        if len(script.findall(text)) * 2 > len(letters):
            return "ja" if language == "zh" and _KANA.search(text) else language
    spoken = _WORD.findall(text.casefold().replace("’", "'"))
    counts = {language: len(telling & {*spoken} - _ENGLISH) for language, telling in _TELLING.items()}
    language = max(counts, key=counts.__getitem__)
    english = sum(word in _ENGLISH for word in spoken)
    is_clear = counts[language] >= _FEWEST and counts[language] > english and counts[language] * 3 >= len(spoken)
    return language if is_clear else None
