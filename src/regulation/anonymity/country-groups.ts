// Countries and regions by continent, as the statisticians of the United Nations group them (M49), for coarser values of a person's origin.
import { CHINA, HONG_KONG_MACAO_TAIWAN } from '../standard/field-needs.ts';

const CONTINENTS = {
  asia: `004 031 048 050 051 064 096 104 116 144 196 268 275 356 360 364 368 376 392 398 400 408 410 414 417 418 422
    458 462 496 512 524 586 608 626 634 682 702 704 760 762 764 784 792 795 860 887`,
  africa: `012 024 072 086 108 120 132 140 148 174 175 178 180 204 226 231 232 260 262 266 270 288 324 384 404 426 430
    434 450 454 466 478 480 504 508 516 562 566 624 638 646 654 678 686 690 694 706 710 716 728 729 732 748 768 788 800
    818 834 854 894`,
  europe: `008 020 040 056 070 100 112 191 203 208 233 234 246 248 250 276 292 300 336 348 352 372 380 428 438 440 442
    470 492 498 499 528 578 616 620 642 643 674 688 703 705 724 744 752 756 804 807 826 831 832 833`,
  'north-america': `028 044 052 060 084 092 124 136 188 192 212 214 222 304 308 312 320 332 340 388 474 484 500 531 533
    534 535 558 591 630 652 659 660 662 663 666 670 780 796 840 850`,
  'south-america': '032 068 074 076 152 170 218 238 239 254 328 600 604 740 858 862',
  oceania: `016 036 090 162 166 184 242 258 296 316 334 520 540 548 554 570 574 580 581 583 584 585 598 612 772 776 798
    876 882`,
} as const;

const GROUPS: ReadonlyMap<string, string> = new Map(
  Object.entries(CONTINENTS).flatMap(([group, codes]) => codes.split(/\s+/).map((code) => [code, group] as const)),
);

/** The mainland, Hong Kong, Macao and Taiwan together, or the continent of a numeric code (GB/T 2659); null when the code is none of a country with people. */
export function countryGroup(code: string): string | null {
  if (code === CHINA) return 'mainland';
  if (HONG_KONG_MACAO_TAIWAN.has(code)) return 'hong-kong-macao-taiwan';
  return GROUPS.get(code) ?? null;
}
