"""Where the time goes, as it was found with a profiler; written by hand."""

FINDINGS = """### Where the time goes

Profiled with py-spy 0.4 in the running matcher and gateway, 100,000 generated statements, on a \
machine with much else to do: shares are of the samples of the matcher's event loop, milliseconds \
are processor time of one call, both of the same hour.

| what | before | after | how |
| --- | ---: | ---: | --- |
| suggestions: vectors of the statements around, for the levels | 39 % of the answer | 0 where \
they are at hand | digests, look-ups and correction of some 500 vectors each time; now they are \
kept corrected, and dropped when their text is erased |
| search: two scans for one vector, 60,000 capabilities | 43 ms | 19 ms | a short statement was \
indexed twice, whole and as its own window; the bare query over all 100,000 takes 23 ms |
| asking PostgreSQL, who may not be shown and pairs | 5.5 ms | 1.6 ms | two thirds went into \
building the same SQL again; statements are made once |
| asking PostgreSQL, hundred profiles that are at hand | 2.8 ms | 1.1 ms | the same |
| asking PostgreSQL, the asker | 3.3 ms | 1.2 ms | the same, and its profile is not decoded again |
| first read of a profile after an import | read and decoded | at hand | what is taken in is kept \
as it was written |
| suggestions: hits as objects, sorted, to be put into a table | 8 % | 3 % | columns are put \
together as they are |
| after an import: comparing with the rules of screening | 44 % of the event loop | not measured \
again | the best prototype of each rule was looked for text by text in Python; now in one array |

What is left. Search: the model (a question takes as long as everything else together) and the scan, \
one after the other; reading what the reader may see and the lexical queries run while the model \
works. Suggestions: at 100,000 statements an asker that nobody has asked for lately needs vectors \
that are not at hand, and reads some 500 from PostgreSQL: a third of the event loop's time. Gateway: \
half of its share is the HTTP client, a quarter reads the answer as its contract, which is how \
disclosure is checked at the edge; an answer of which nothing is withheld goes on as the bytes that \
came.
"""
