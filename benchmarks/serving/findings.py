"""Where the time goes, as it was found with a profiler; written by hand."""

FINDINGS = """### Where the time goes

Profiled with py-spy 0.4 in the running matcher and gateway, 100,000 generated statements, on a \
machine with much else to do. Shares are of the samples of one kind of answer in the matcher's \
event loop; milliseconds are processor time of one call, so that the others on the machine count \
for little.

| what | before | after | how |
| --- | ---: | ---: | --- |
| suggestions: vectors of the statements around, 500 at hand | 12.5 ms, 39 % | 0.3 ms | each was \
looked up by its digest and corrected anew; now they are kept corrected, and dropped when their \
text is erased |
| search: two scans for one vector, 60,000 capabilities | 43 ms | 19 ms | a short statement was \
indexed twice, whole and as its own window; the bare query over all 100,000 takes 23 ms |
| PostgreSQL: pairs, who may not be shown, what is held | 5.5 ms | 1.6 ms | most of it built the \
same SQL again each time; statements are made once |
| PostgreSQL: hundred profiles that are at hand | 2.8 ms | 1.1 ms | the same |
| PostgreSQL: the asker | 3.3 ms | 1.2 ms | the same, and its profile is not decoded again |
| suggestions: putting hits into tables | 8 % | 4 % | they were made objects and sorted first |
| suggestions: what the index says of 16,000 pairs, asked twice | 39 ms | 25 ms | put together in \
arrays, not pair by pair |
| after an import: 64 texts against the rules of screening | 8.9 ms | 0.8 ms | in Python text by \
text; now one array. It took a third of the event loop for minutes |
| first answers after an import | profiles read and decoded | at hand | what is taken in is kept \
as it was written |

What is left. Search: the model and then the scan, one after the other; what the reader may see \
and the lexical queries are read while the model works. Suggestions: at 100,000 statements an \
asker unlike the last ones needs vectors that are not at hand, and reads some 500 from \
PostgreSQL: a third of its samples. With them at hand nothing stands out any more: exact scores \
18 %, tables of what the index says 22 %, levels 19 %, the shortlist 10 %, priors 9 %, diversity \
6 %, PostgreSQL 6 %; to be twice as fast once more, all pairs of an answer would have to be one \
array. Gateway: half of its samples are the HTTP client, a quarter reads the answer as its \
contract, which is how disclosure is checked at the edge; an answer of which nothing is withheld \
goes on as the bytes that came.
"""
